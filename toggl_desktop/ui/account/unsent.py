"""What is kept here and not yet in Toggl, line by line; it needs nobody and says so."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store.read.problems import Unsent, unsent
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

MOST: Final = 30
"""So many are named; the line above them counts all."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("unsent", text)


def sentence(one: Unsent) -> str:
    """Returns what will be sent, in words."""
    patterns = {
        "new": _tr("New {kind}: {title}"),
        "changed": _tr("Changed {kind}: {title}"),
        "deleted": _tr("Deleted {kind}: {title}"),
    }
    kinds = {
        "time_entry": _tr("entry"),
        "project": _tr("project"),
        "client": _tr("client"),
        "tag": _tr("tag"),
        "task": _tr("task"),
    }
    return patterns[one.change].format(kind=kinds.get(one.kind, one.kind), title=one.title)


class UnsentList(QWidget):
    """The lines, under a head that says what they are; nothing when nothing waits."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: list[Unsent] = []
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.small, 0, 0)
        column.setSpacing(SPACE.hair)
        self.setAccessibleName(self.tr("Waiting to be sent"))
        self.hide()

    def read(self) -> None:
        """Reads anew what waits, and shows it where it differs from what stands there."""
        try:
            found = unsent(self._context.source, MOST + 1)
        except KnownError:
            return  # the page above says what is wrong with the store
        self.setVisible(bool(found))
        if found == self._shown:
            return
        self._shown = found
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        words = [sentence(one) for one in found[:MOST]]
        more = [self.tr("More follow.")] if len(found) > MOST else []
        self._column.addWidget(label(self.tr("Waiting to be sent"), role="caption", parent=self))
        for text in words + more:
            self._column.addWidget(label(text, elided=True, parent=self))
