"""All the windows of one program, with a tray that nobody sees."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House
from toggl_desktop.app.windows import Windows
from toggl_desktop.ui.settings.data import Belongings
from toggl_desktop.ui.tray.presenter import TrayPresenter


@contextmanager
def windows_of(house: House, state: QSettings) -> Iterator[Windows]:
    """Makes the windows, and takes them away for good."""
    owner = QObject()
    tray = TrayPresenter(house.context, owner, is_brief=True)
    tray.complete(None)
    made = Windows(house.context, tray, state, Belongings("", "", list), owner)
    try:
        yield made
    finally:
        made.close()
        tray.close()
        owner.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
