"""The floor: an empty PySide6 window."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(sys.argv)
window = QWidget()
window.resize(460, 640)
window.setWindowTitle("bare window")
window.show()
app.exec()
