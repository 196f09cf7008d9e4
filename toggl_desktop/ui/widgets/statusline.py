"""The one quiet line at the bottom of a window."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label


class StatusLine(QWidget):
    """Says in concrete words how things stand; nothing in it can be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near = label(role="caption", elided=True, parent=self)
        self._far = label(role="caption", parent=self)
        line = QHBoxLayout(self)
        # The far side stands under the figures of a list, which leaves room for its scroll bar.
        far = SPACE.large + SPACE.medium
        line.setContentsMargins(SPACE.large, SPACE.hair, far, SPACE.hair)
        line.setSpacing(SPACE.small)
        line.addWidget(self._near, 1)
        line.addWidget(self._far)
        self.setMinimumHeight(SPACE.wide)

    @property
    def words(self) -> str:
        """What it says, both sides."""
        return f"{self._near.text()} {self._far.text()}".strip()

    def show_words(self, near: str, far: str) -> None:
        """Says something on the near and on the far side."""
        self._near.setText(near)
        self._far.setText(far)
