"""Contact sheets: every icon, every tray state and every control, to be looked at.

    python resources/sheet.py DIRECTORY     # light and dark, at 100 % and 200 %

Nothing is shown on a screen; the pictures are for eyes, so no test compares them.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QSize, Qt  # noqa: E402
from PySide6.QtGui import QColor, QPalette, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.ui.theme import assets, trayicon  # noqa: E402
from toggl_desktop.ui.theme.stylesheet import TONES, mark  # noqa: E402
from toggl_desktop.ui.theme.theme import Theme  # noqa: E402
from toggl_desktop.ui.theme.tokens import PROJECT_COLOURS, SPACE, Tokens  # noqa: E402
from toggl_desktop.ui.widgets.text import label  # noqa: E402


def icons() -> QWidget:
    """Every icon at 16 and 20 beside its name."""
    page = QWidget()
    grid = QGridLayout(page)
    for index, name in enumerate(assets.icon_names()):
        row, column = divmod(index, 6)
        cell = QWidget()
        line = QHBoxLayout(cell)
        line.setContentsMargins(0, 0, 0, 0)
        for size in (16, 20):
            button = QToolButton()
            button.setIcon(assets.icon(name))
            button.setIconSize(QSize(size, size))
            line.addWidget(button)
        line.addWidget(label(name, role="caption"), 1)
        grid.addWidget(cell, row, column)
    return page


def tray(*, dark: bool | None, ground: str) -> QWidget:
    """Every tray state at every size on one panel."""
    page = QWidget()
    look = QPalette(page.palette())
    look.setColor(QPalette.ColorRole.Window, QColor(ground))
    page.setPalette(look)
    page.setAutoFillBackground(True)
    grid = QGridLayout(page)
    states = [*trayicon.STATES, "running+offline", "running+unsent", "running+problem"]
    for column, state in enumerate(states):
        for row, size in enumerate(trayicon.SIZES):
            dot = "#06a893" if column in {0, 6} else None
            picture = QLabel()
            image = trayicon.tray_image(state, size, dot=dot, dark_panel=dark)
            picture.setPixmap(QPixmap.fromImage(image))
            grid.addWidget(picture, row, column, Qt.AlignmentFlag.AlignCenter)
    return page


def buttons() -> QWidget:
    """Buttons of every kind, plain, focused and disabled."""
    page = QWidget()
    grid = QGridLayout(page)
    for column, kind in enumerate(("", "primary", "quiet", "danger")):
        for row, state in enumerate(("plain", "focus", "disabled")):
            button = QPushButton("Delete" if kind == "danger" else "Save entry")
            mark(button, kind=kind)
            button.setEnabled(state != "disabled")
            button.setProperty("wants_focus", "yes" if state == "focus" else "")
            grid.addWidget(button, row, column)
    for column, name in enumerate(("start", "stop", "continue", "more"), start=4):
        for row in range(3):
            button = QToolButton()
            button.setIcon(assets.icon(name, "running" if name == "stop" else "text"))
            button.setCheckable(row == 1)
            button.setChecked(row == 1)
            button.setEnabled(row != 2)
            grid.addWidget(button, row, column)
    return page


def edits() -> QWidget:
    """Everything that takes input."""
    page = QWidget()
    grid = QGridLayout(page)
    plain, hint, invalid, bare, off = (QLineEdit() for _ in range(5))
    focused = QLineEdit("9:04")
    focused_spin = QSpinBox()
    focused_spin.setProperty("wants_focus", "yes")
    focused.setProperty("wants_focus", "yes")
    plain.setText("Wireframes, second round")
    hint.setPlaceholderText("What are you working on?")
    invalid.setText("25:70")
    mark(invalid, state="invalid")
    bare.setText("Until it is touched")
    mark(bare, kind="bare")
    off.setText("Locked")
    off.setEnabled(False)
    combo = QComboBox()
    combo.addItems(["Website", "Team"])
    combo_off = QComboBox()
    combo_off.addItem("Acme")
    combo_off.setEnabled(False)
    spin, date = QSpinBox(), QDateEdit()
    spin.setValue(25)
    spin.setSuffix(" min")
    text = QPlainTextEdit("Notes\nin two lines")
    text.setFixedHeight(56)
    checks = [QCheckBox("Billable"), QCheckBox("Sticky"), QCheckBox("Some"), QCheckBox("Off")]
    checks[0].setChecked(True)
    checks[2].setTristate(True)
    checks[2].setCheckState(Qt.CheckState.PartiallyChecked)
    checks[3].setChecked(True)
    checks[3].setEnabled(False)
    radios = [QRadioButton("Light"), QRadioButton("Dark")]
    radios[0].setChecked(True)
    wide = [
        plain,
        hint,
        invalid,
        bare,
        off,
        combo,
        combo_off,
        spin,
        date,
        text,
        focused,
        focused_spin,
        *checks,
        *radios,
    ]
    for index, widget in enumerate(wide):
        grid.addWidget(widget, index // 4, index % 4)
    return page


def words(tokens: Tokens) -> QWidget:
    """Every role and tone, and every project colour as dot and word."""
    page = QWidget()
    across = QHBoxLayout(page)
    first, second, third = QVBoxLayout(), QVBoxLayout(), QGridLayout()
    for role in ("clock", "title", "emphasis", "strong", "body", "caption"):
        first.addWidget(label("0:42:13" if role == "clock" else f"Design {role}", role=role))
    for tone in TONES:
        second.addWidget(label(f"2 waiting to send ({tone})", tone=tone))
    for index, (colour, name) in enumerate(PROJECT_COLOURS.items()):
        dot = QLabel()
        dot.setPixmap(assets.icon("dot", tokens.shape(colour)).pixmap(16))
        word = label(name)
        look = QPalette(word.palette())
        look.setColor(QPalette.ColorRole.WindowText, QColor(tokens.word(colour)))
        word.setPalette(look)
        third.addWidget(dot, index % 7, 2 * (index // 7))
        third.addWidget(word, index % 7, 2 * (index // 7) + 1)
    for part in (first, second, third):
        across.addLayout(part)
    return page


def lists() -> QWidget:
    """A list, a card, tabs, a bar."""
    page = QWidget()
    across = QHBoxLayout(page)
    rows = QListWidget()
    rows.ensurePolished()
    for index in range(14):
        item = QListWidgetItem(
            assets.icon("project", "second"), f"Wireframes {index}   9:04 – 9:46"
        )
        rows.addItem(item)
    rows.setCurrentRow(1)
    across.addWidget(rows)
    card = QFrame()
    mark(card, kind="card")
    inside = QVBoxLayout(card)
    tabs = QTabBar()
    for name in ("Today", "Week", "All"):
        tabs.addTab(name)
    inside.addWidget(tabs)
    inside.addWidget(label("A card", role="emphasis"))
    inside.addWidget(label("Saved here. 2 waiting to send.", role="caption"))
    rule = QFrame()
    mark(rule, kind="rule")
    inside.addWidget(rule)
    inside.addWidget(label("A long name that is cut at the end of the line", elided=True))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(60)
    inside.addWidget(bar)
    inside.addStretch()
    across.addWidget(card)
    return page


def menu() -> QMenu:
    """A menu as the tray has it."""
    made = QMenu()
    first = made.addAction("Design – Acme · 0:42")
    first.setEnabled(False)
    made.addSeparator()
    for name, text in (("stop", "Stop"), ("switch", "Switch…"), ("clock", "Open timer")):
        made.addAction(assets.icon(name), text)
    check = made.addAction("Show time")
    check.setCheckable(True)
    check.setChecked(True)
    made.addMenu("Recents").addAction("Stand-up")
    made.addSeparator()
    made.addAction(assets.icon("quit"), "Quit").setShortcut("Ctrl+Q")
    made.setActiveAction(made.actions()[3])
    return made


def draw(directory: Path, mode: str, scale: str) -> None:
    """Writes the sheets of one look at the scale this process runs at."""
    app = QApplication(sys.argv[:1])
    theme = Theme()
    theme.apply(app, mode)
    gallery = QWidget()
    down = QVBoxLayout(gallery)
    down.setSpacing(SPACE.medium)
    for part in (buttons(), edits(), words(theme.tokens), lists()):
        down.addWidget(part)
    grounds: tuple[tuple[bool | None, str], ...] = (
        (mode == "dark", theme.tokens.sunken),
        (None, theme.tokens.surface),
        (None, "#808080"),
    )
    panels = QWidget()
    below = QVBoxLayout(panels)
    for dark, ground in grounds:
        below.addWidget(tray(dark=dark, ground=ground))
    opened = menu()
    pages = {"gallery": gallery, "icons": icons(), "tray": panels, "menu": opened}
    for name, page in pages.items():
        page.resize(page.sizeHint())
        page.show()
        QTest.qWaitForWindowActive(page)
        page.grab().save(str(directory / f"{name}-{mode}-{scale}.png"))
        for index, widget in enumerate(_focusable(page)):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            area = widget.geometry().translated(widget.parentWidget().mapTo(page, QPoint()))
            cut = page.grab(area.adjusted(-4, -4, 4, 4))
            cut.save(str(directory / f"focus{index}-{mode}-{scale}.png"))
        page.hide()
    opened.deleteLater()


def _focusable(page: QWidget) -> list[QWidget]:
    return [each for each in page.findChildren(QWidget) if each.property("wants_focus")]


def main(arguments: list[str]) -> int:
    """Draws everything, one process per scale: Qt reads the scale once, when it starts."""
    directory = Path(arguments[0])
    directory.mkdir(parents=True, exist_ok=True)
    if len(arguments) == 3:
        draw(directory, arguments[1], arguments[2])
        return 0
    for scale in ("1", "2"):
        for mode in ("light", "dark"):
            command = [sys.executable, __file__, str(directory), mode, scale]
            environment = {**os.environ, "QT_SCALE_FACTOR": scale}
            subprocess.run(command, check=True, env=environment)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
