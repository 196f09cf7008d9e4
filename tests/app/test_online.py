"""What counts as in sight: a window on a screen, in front or not."""

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.app.online import in_sight

pytestmark = pytest.mark.ui


def test_a_window_is_in_sight_while_it_is_on_a_screen_and_a_small_icon_never_is(qtbot):
    assert not in_sight()
    window, icon, menu = QWidget(), QWidget(), QMenu()
    for one in (window, icon, menu):
        qtbot.addWidget(one)
    icon.resize(24, 24)
    icon.show()
    menu.popup(icon.pos())
    assert not in_sight()
    window.resize(460, 640)
    with qtbot.waitExposed(window):
        window.show()
    icon.activateWindow()  # the window loses the focus and stays in sight
    assert in_sight()
    window.showMinimized()
    qtbot.waitUntil(lambda: not in_sight())
    window.showNormal()
    qtbot.waitUntil(in_sight)
    window.hide()
    qtbot.waitUntil(lambda: not in_sight())
    menu.close()
