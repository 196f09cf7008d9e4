"""How much room a row of widgets needs, so that a narrow window leaves some out and cuts none."""

from collections.abc import Container

from PySide6.QtWidgets import QHBoxLayout, QWidget


def needed(row: QHBoxLayout, fields: Container[QWidget | None]) -> int:
    """Returns how wide a row must be for all that it shows to be seen whole.

    Args:
        row: The row.
        fields: What of it may be as narrow as its least width, because it scrolls.
    """
    margins = row.contentsMargins()
    wanted = margins.left() + margins.right() - row.spacing()
    for at in range(row.count()):
        item = row.itemAt(at)
        widget = None if item is None else item.widget()
        if item is None:
            continue
        if widget is None:
            wanted += item.minimumSize().width()
        elif not widget.isHidden():
            least = widget.minimumWidth() if widget in fields else widget.sizeHint().width()
            wanted += least + row.spacing()
    return wanted
