"""Light and dark: one palette, one style sheet and one font, changed while everything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from toggl_desktop.ui.theme.tokens import DARK, LIGHT, SIZE, Tokens

if TYPE_CHECKING:  # the first touch of `Qt` costs 40 ms, and the icon does without
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

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
        from toggl_desktop.ui.theme.fonts import type_font

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
        from toggl_desktop.ui.theme import look

        self._app = app
        look.adopt(app)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def _wanted(self, app: QApplication) -> Tokens:
        from toggl_desktop.ui.theme import look

        if self._mode == "system":
            return DARK if look.is_system_dark(app) else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def _switch(self, app: QApplication, tokens: Tokens) -> None:
        from toggl_desktop.ui.theme import look

        self._tokens = tokens
        look.put_on(app, tokens)
        self.changed.emit()

    def _on_system_scheme_changed(self, _scheme: object) -> None:
        if self._app is not None and self._mode == "system":
            self.apply(self._app, "system")
