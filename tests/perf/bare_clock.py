"""The least that a clock in view costs in this stack: one label that changes once a second."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication([])
label = QLabel("0:00:00")
label.setFixedSize(110, 34)
label.show()
seconds = 0


def tick() -> None:
    """Shows one second more."""
    global seconds  # noqa: PLW0603 - a script of a few lines
    seconds += 1
    label.setText(f"0:{seconds // 60:02}:{seconds % 60:02}")


timer = QTimer()
timer.setTimerType(Qt.TimerType.PreciseTimer)
timer.timeout.connect(tick)
timer.start(1000)
app.exec()
