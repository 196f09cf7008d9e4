"""What a mode looks like: every role of the palette, the style, the sheet and the font.

Loaded when a look is first put on: the tray's icon is shown before that.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from toggl_desktop.ui.theme.assets import resource
from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.stylesheet import style_sheet
from toggl_desktop.ui.theme.tokens import Tokens


def adopt(app: QApplication) -> None:
    """What is done once: the style, the font, the place of pictures."""
    resource()
    app.setStyle("Fusion")
    app.setCursorFlashTime(0)  # nothing blinks: calmer, and two wake-ups a second less
    app.setFont(type_font())


def is_system_dark(app: QApplication) -> bool:
    """Tells whether the desktop asks for dark."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def put_on(app: QApplication, tokens: Tokens) -> None:
    """Gives an application the look of these tokens.

    The palette first: the sheet then finds it in place and plain widgets hear of one change.
    """
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def palette(tokens: Tokens) -> QPalette:
    """Every role of the palette, so that nothing of the desktop's own colours shows through."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in _roles(tokens).items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.line_strong))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(tokens.second))
    return made


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.second,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.running,
        role.Light: tokens.raised,
        role.Midlight: tokens.line,
        role.Mid: tokens.line_strong,
        role.Dark: tokens.outline,
        role.Shadow: "#000000",
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.word(tokens.accent),
        role.LinkVisited: tokens.word(tokens.accent),
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
    }
