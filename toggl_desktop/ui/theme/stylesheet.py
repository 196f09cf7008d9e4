"""The application's one style sheet, written from the tokens.

Widgets say what they are with properties (`mark`), never with colours:

    kind   buttons: "primary", "quiet", "danger"; line edits: "bare";
           frames: "card", "column", "box", "float", "side", "rule"; views: "plain", "cards",
           "offer" (what cannot be taken there is a sentence, and is read)
    state  edits: "invalid"
    tone   labels: "second", "accent", "running", "good", "warning", "problem", "disabled"

A view that is filled before it has a parent measures its rows without the sheet: give it its
parent first, or call `ensurePolished`.
"""

from string import Template
from typing import Final

from PySide6.QtWidgets import QWidget

from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, Tokens, mix

TONES: Final = ("second", "accent", "running", "good", "warning", "problem", "disabled")


def mark(widget: QWidget, **properties: str) -> None:
    """Gives a widget properties that the style sheet knows, and shows their look at once."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def style_sheet(tokens: Tokens) -> str:
    """The whole sheet for one set of tokens; it holds no font and no file path of a machine."""
    parts = (_BUTTONS, _EDITS, _CHECKS, _LISTS, _MENUS, _BARS, _FRAMES)
    values = _values(tokens)
    tones = "".join(
        f'QLabel[tone="{tone}"] {{ color: {_tone(tokens, tone)}; }}\n' for tone in TONES
    )
    return "".join(Template(part).substitute(values) for part in parts) + tones


def _tone(tokens: Tokens, tone: str) -> str:
    colour: str = getattr(tokens, tone)
    return colour if tone == "disabled" else tokens.word(colour)


def _values(tokens: Tokens) -> dict[str, str]:
    height = SIZE.control_height
    danger = tokens.word(tokens.problem)
    return {
        "surface": tokens.surface,
        "raised": tokens.raised,
        "sunken": tokens.sunken,
        "line": tokens.line,
        "line_strong": tokens.line_strong,
        "outline": tokens.outline,
        "text": tokens.text,
        "second": tokens.second,
        "disabled": tokens.disabled,
        "accent": tokens.accent,
        "on_accent": tokens.on_accent,
        "danger": danger,
        "hover": mix(tokens.surface, tokens.text, 0.06),
        "pressed": mix(tokens.surface, tokens.text, 0.12),
        "accent_hover": mix(tokens.accent, tokens.text, 0.12),
        "accent_pressed": mix(tokens.accent, tokens.text, 0.24),
        "accent_tint": tokens.tint(tokens.accent, 0.18),
        "danger_tint": tokens.tint(tokens.problem, 0.10),
        "radius": f"{RADIUS.control}px",
        "bar": f"{RADIUS.bar}px",
        "card": f"{RADIUS.card}px",
        "focus": f"{SIZE.focus}px",
        "inner": f"{height - 2}px",
        "inner_focus": f"{height - 2 * SIZE.focus}px",
        "parts": f"toggl:controls/{'dark' if tokens.is_dark else 'light'}",
    }


_BUTTONS: Final = """
QPushButton {
  min-height: $inner; padding: 0 12px; border: 1px solid $line_strong; border-radius: $radius;
  background: $raised; outline: 0;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:disabled { border-color: $line; background: $surface; }
QPushButton:focus { border: $focus solid $accent; min-height: $inner_focus; padding: 0 11px; }
QPushButton[kind="primary"] { border-color: $accent; background: $accent; color: $on_accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:disabled {
  background: $line; border-color: $line; color: $disabled;
}
QPushButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="quiet"] { border-color: transparent; background: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed, QPushButton[kind="quiet"]:checked { background: $pressed; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="danger"] { color: $danger; }
QPushButton[kind="danger"]:hover { background: $danger_tint; border-color: $danger; }
QPushButton[kind="danger"]:disabled { color: $disabled; }
QPushButton::menu-indicator {
  image: url("$parts/down.svg"); width: 16px; height: 16px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 6px;
}
QToolButton {
  min-height: $inner; min-width: $inner; border: 1px solid transparent;
  border-radius: $radius; background: transparent; padding: 0;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked, QToolButton:open { background: $accent_tint; }
QToolButton:focus {
  border: $focus solid $accent; min-height: $inner_focus; min-width: $inner_focus;
}
QToolButton[kind="labelled"] { padding: 0 8px; }
QToolButton[kind="taken"] {
  padding: 0 8px; border: 1px solid $line_strong; border-radius: 14px; background: $raised;
}
QToolButton[kind="taken"]:hover { background: $hover; }
QToolButton[kind="taken"]:focus { border: $focus solid $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="labelled"][split="yes"] { padding: 0 20px 0 8px; }
QToolButton::menu-button { width: 20px; border: none; background: transparent; }
QToolButton::menu-arrow { image: url("$parts/down.svg"); width: 16px; height: 16px; }
QToolButton[state="on"] { background: $accent_tint; }
"""

_EDITS: Final = """
QLineEdit, QAbstractSpinBox, QComboBox {
  min-height: $inner; padding: 0 8px; border: 1px solid $outline; border-radius: $radius;
  background: $surface;
}
QAbstractSpinBox { max-height: $inner; }
QAbstractSpinBox:focus { max-height: $inner_focus; }
QLineEdit[kind="tight"] { padding: 0 3px; }
QLineEdit > QToolButton { min-height: 0; min-width: 0; border: none; background: transparent; }
QTextEdit, QPlainTextEdit {
  padding: 4px 6px; border: 1px solid $outline; border-radius: $radius; background: $surface;
}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $second; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: $focus solid $accent; min-height: $inner_focus; padding: 0 7px;
}
QTextEdit:focus, QPlainTextEdit:focus { border: $focus solid $accent; padding: 3px 5px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QTextEdit:disabled,
QPlainTextEdit:disabled { border-color: $line_strong; background: $sunken; }
QLineEdit[kind="bare"] { border-color: transparent; background: transparent; }
QLineEdit[kind="bare"]:hover { border-color: $line_strong; }
QLineEdit[kind="bare"]:focus { border-color: $accent; background: $surface; }
QLineEdit[state="invalid"], QComboBox[state="invalid"], QAbstractSpinBox[state="invalid"] {
  border: $focus solid $danger; min-height: $inner_focus; padding: 0 7px;
}
QComboBox { padding: 0 4px 0 8px; combobox-popup: 0; }
QComboBox:focus { padding: 0 3px 0 7px; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateTimeEdit[calendarPopup="true"]::down-arrow {
  image: url("$parts/down.svg"); width: 16px; height: 16px;
}
QComboBox::down-arrow:disabled { image: url("$parts/down-disabled.svg"); }
QComboBox QAbstractItemView {
  border: 1px solid $line_strong; border-radius: 0; background: $raised; padding: 4px;
}
QComboBox QAbstractItemView::item { min-height: 28px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  border: none; background: transparent; width: 24px; height: 24px; border-radius: $bar;
  subcontrol-origin: border;
}
QAbstractSpinBox::up-button { subcontrol-position: center right; right: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: center left; left: 2px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$parts/plus.svg"); width: 16px; height: 16px; }
QAbstractSpinBox::down-arrow { image: url("$parts/minus.svg"); width: 16px; height: 16px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off {
  image: url("$parts/plus-disabled.svg");
}
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {
  image: url("$parts/minus-disabled.svg");
}
"""

_CHECKS: Final = """
QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator {
  width: 16px; height: 16px; border: 1px solid $outline; background: $surface;
}
QCheckBox::indicator, QGroupBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $second; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked {
  border-color: $accent; background: $accent; image: url("$parts/check.svg");
}
QCheckBox::indicator:indeterminate {
  border-color: $accent; background: $accent; image: url("$parts/dash.svg");
}
QRadioButton::indicator:checked {
  border-color: $accent; background: $accent; image: url("$parts/bullet.svg");
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
  border-color: $line_strong; background: $sunken;
}
QCheckBox::indicator:checked:disabled, QCheckBox::indicator:indeterminate:disabled,
QRadioButton::indicator:checked:disabled {
  border-color: $line_strong; background: $line_strong;
}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
  width: 14px; height: 14px; border: $focus solid $accent;
}
QCheckBox::indicator:checked:focus, QCheckBox::indicator:indeterminate:focus,
QRadioButton::indicator:checked:focus { border-color: $text; }
"""

_LISTS: Final = """
QAbstractItemView {
  border: 1px solid $line; border-radius: $radius; background: $surface; outline: 0;
  alternate-background-color: $raised; icon-size: 16px;
}
QAbstractItemView[kind="plain"] { border: none; border-radius: 0; background: transparent; }
QAbstractItemView:focus { border-color: $accent; }
QAbstractItemView::item {
  min-height: 28px; padding: 0 8px; border: none; border-radius: $bar; color: $text;
}
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $accent_tint; color: $text; }
QAbstractItemView::item:disabled { color: $disabled; }
QAbstractItemView[kind="offer"]::item:disabled { color: $second; }
QTableView { gridline-color: $line; }
QHeaderView { border: none; background: $surface; }
QHeaderView::section {
  min-height: 28px; padding: 0 8px; border: none; border-bottom: 1px solid $line;
  background: $surface; color: $second;
}
QCalendarWidget QAbstractItemView { border-radius: 0; }
QCalendarWidget QAbstractItemView::item { min-height: 0; padding: 0; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
QCalendarWidget QToolButton { color: $text; padding: 0 6px; }
QCalendarWidget QToolButton#qt_calendar_prevmonth {
  qproperty-icon: url("$parts/left.svg"); qproperty-iconSize: 16px;
}
QCalendarWidget QToolButton#qt_calendar_nextmonth {
  qproperty-icon: url("$parts/right.svg"); qproperty-iconSize: 16px;
}
QCalendarWidget QSpinBox { min-width: 80px; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$parts/right.svg"); }
QTreeView::branch:has-children:open { image: url("$parts/down.svg"); }
"""

_MENUS: Final = """
QMenu { border: 1px solid $line_strong; background: $raised; padding: 4px; }
QMenu::item {
  min-height: 28px; padding: 0 24px 0 12px; border-radius: $bar; background: transparent;
  color: $text;
}
QMenu::item:selected { background: $accent_tint; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: 10px; }
QMenu::indicator { width: 16px; height: 16px; left: 8px; }
QMenu::indicator:checked { image: url("$parts/check-plain.svg"); }
QMenu::right-arrow { image: url("$parts/right.svg"); width: 16px; height: 16px; right: 4px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $surface; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 10px; border-radius: $bar; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QToolTip {
  border: 1px solid $line_strong; background: $raised; color: $text; padding: 4px 6px;
}
"""

_BARS: Final = """
QAbstractScrollArea::corner { border: none; background: transparent; }
QScrollBar { border: none; background: transparent; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $outline; border: none; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $second; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar { border: none; qproperty-drawBase: 0; }
QTabBar::tab {
  min-height: $inner; padding: 0 12px; border: none; border-bottom: 2px solid transparent;
  background: transparent; color: $second;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $accent_tint; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QProgressBar {
  border: none; border-radius: 3px; background: $line; max-height: 6px; min-height: 6px;
}
QProgressBar::chunk { border-radius: 3px; background: $accent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar::item { border: none; }
"""

_FRAMES: Final = """
QFrame[kind="card"] { border: 1px solid $line; border-radius: $card; background: $raised; }
QFrame[kind="float"] {
  border: 1px solid $line_strong; border-radius: $card; background: $raised;
}
QFrame[kind="float"] QCalendarWidget QAbstractItemView { border: none; }
QFrame[kind="side"] { border: none; border-left: 1px solid $line; background: $surface; }
QFrame[kind="column"] {
  border: 1px solid transparent; border-radius: $card; background: $sunken;
}
QFrame[kind="column"][state="hidden"] { border: 1px dashed $outline; }
QFrame[kind="column"][carry="over"], QFrame[kind="box"][carry="over"] {
  border: 1px solid $accent; background: $accent_tint;
}
QFrame[kind="box"] { border: none; border-top: 1px solid $line; background: $raised; }
QAbstractItemView[kind="cards"] { border: none; background: transparent; }
QAbstractItemView[kind="cards"]::item { padding: 0; }
QFrame[kind="rule"] { border: none; background: $line; max-height: 1px; min-height: 1px; }
QGroupBox { border: none; margin-top: 24px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; color: $second; }
"""
