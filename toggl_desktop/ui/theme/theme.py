"""Light and dark: one palette, one style sheet and one font, changed while everything runs."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from toggl_desktop.ui.theme.assets import resource
from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.stylesheet import style_sheet
from toggl_desktop.ui.theme.tokens import DARK, LIGHT, SIZE, Tokens

MODES: Final = ("system", "light", "dark")


class Theme(QObject):
    """Keeps the application in one of two looks; what is open changes with it.

    A switch is one change of the palette, then one of the style sheet. `system` follows the
    desktop for as long as the program runs.

    Signals:
        changed: the tokens are others than before; palette and style sheet are in force already.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app: QApplication | None = None
        self._mode = "system"
        self._tokens = LIGHT

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        return self._tokens

    @property
    def mode(self) -> str:
        """What was asked for: one of `MODES`."""
        return self._mode

    def font(
        self, size: int = SIZE.body, weight: int = SIZE.regular, *, tabular: bool = True
    ) -> QFont:
        """The interface font in one of the tokens' sizes, right at every scale."""
        return type_font(size, weight, tabular=tabular)

    def apply(self, app: QApplication, mode: str = "system") -> None:
        """Puts an application into a mode, at the start or at any later moment.

        Raises:
            ValueError: there is no such mode.
        """
        if mode not in MODES:
            raise ValueError(f"no such theme: {mode}")
        self._mode = mode
        wanted = self._wanted(app)
        is_first = self._app is not app
        if is_first:
            self._adopt(app)
        if is_first or wanted is not self._tokens:
            self._switch(app, wanted)

    def _adopt(self, app: QApplication) -> None:
        """What is done once: the style, the font, the place of pictures, the ear to the desktop."""
        self._app = app
        resource()
        app.setStyle("Fusion")
        app.setCursorFlashTime(
            0
        )  # nothing blinks: calmer to look at, and two wake-ups a second less
        app.setFont(type_font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def _wanted(self, app: QApplication) -> Tokens:
        if self._mode == "system":
            return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def _switch(self, app: QApplication, tokens: Tokens) -> None:
        self._tokens = tokens
        # The palette first: the sheet then finds it in place and plain widgets hear of one change.
        app.setPalette(palette(tokens))
        app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()

    @Slot(Qt.ColorScheme)
    def _on_system_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._app is not None and self._mode == "system":
            self.apply(self._app, "system")


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
