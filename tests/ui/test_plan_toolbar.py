"""The plan's toolbar: it shows what means something where one is, and cuts no words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from tests.ui.conftest import House, settle
from tests.ui.plan_hands import KEY, Sown
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.commands import EditPlanTasks
from toggl_desktop.ui.plan.model import Shown
from toggl_desktop.ui.plan.window import PlanWindow

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house: House) -> Sown:
    return Sown(house)


@contextmanager
def window_of(house: House) -> Iterator[PlanWindow]:
    made = PlanWindow(house.context)
    made.show_on_current()
    made.activateWindow()
    settle()
    try:
        yield made
    finally:
        made.outfit.editing.drop()
        made.hide()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _is_cut(bar):
    """Tells whether anything on the toolbar has less room than its words need."""
    parts = [w for w in bar.findChildren(QToolButton) if w.isVisible() and w.text()]
    return [w.text() for w in parts if w.width() < w.sizeHint().width()]


def test_beside_a_board_stands_only_what_means_something_there(house, sown):
    lid = sown.add("One", project=sown.web)
    with window_of(house) as window:
        bar = window.bar
        window.show_timeline(Shown("project", sown.web))
        assert bar.project.text() == "Website"
        assert "–" in window.status.words
        window.show_board()
        settle()
        scales = list(bar.scales.values())
        assert not any(part.isVisible() for part in (bar.back, bar.today, bar.on, *scales))
        assert bar.project.text() == "Project", "the field beside it says which"
        whose = window.outfit.editing.board.whose
        assert whose.isVisible()
        assert bar.isAncestorOf(whose)
        assert window.status.words == "Saved here"
        window.do(EditPlanTasks((PlanTaskId(lid),), name="Two"))
        settle()
        assert bar.board.isChecked(), "the board is still what is shown"
        window.show_timeline(Shown("team"))
        settle()
        assert all(part.isVisible() for part in (bar.back, bar.today, bar.on, *scales))
        assert not whose.isVisible()
        assert "–" in window.status.words, "the days in sight are told again"


def _is_as_wide(bar, width):
    """Lets what is queued happen, and tells whether the resizing has arrived."""
    settle()
    return bar.width() == width


def test_a_narrow_toolbar_leaves_things_out_and_cuts_no_words(house, sown, qtbot):
    sown.add("One", project=sown.web)
    with window_of(house) as window:
        bar = window.bar
        window.show_timeline(Shown("project", sown.web))
        window.timeline.view.setFocus()
        for width in (1200, 900, 760, 640, 560):
            window.resize(width, 420)
            qtbot.waitUntil(partial(_is_as_wide, bar, width))
            assert not _is_cut(bar), width
        assert bar.search.isVisible(), (bar.width(), bar.field.hasFocus())
        assert not bar.field.isVisible()
        window.menu.filter.trigger()
        settle()
        assert bar.field.hasFocus()
        assert not _is_cut(bar)
        QTest.keyClicks(bar.field, "one")
        window.timeline.view.setFocus()
        settle()
        assert bar.field.isVisible(), "what is filtered stays in sight"
        window.menu.filter.trigger()
        QTest.keyClick(bar.field, KEY.Key_Escape)
        window.timeline.view.setFocus()
        settle()
        assert not bar.field.isVisible()
        assert bar.scales["week"].isVisible()


def test_above_the_names_is_the_way_to_what_the_lanes_are(house, sown):
    with window_of(house) as window:
        corner, side = window.outfit.corner, window.outfit.editing.side
        assert (corner.text(), corner.accessibleName()) == ("People", "People")
        assert corner.geometry().bottom() < window.timeline.view.side.head
        corner.click()
        settle()
        assert side.isVisible()
        assert side.currentWidget() is side.people
        window.show_timeline(Shown("project", sown.web))
        corner.click()
        settle()
        assert corner.text() == "Segments"
        assert side.currentWidget() is side.project
        window.show_timeline(Shown("project"))
        assert not corner.isVisible(), "lanes of all projects are of no one project"
        window.timeline.view.side.fold(is_folded=True)
        window.show_timeline(Shown("team"))
        settle()
        assert corner.geometry().right() < window.timeline.view.side.width()
        assert corner.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly


def test_the_menu_offers_the_sample_only_where_it_can_come_or_go(house):
    with window_of(house) as window:
        menu = window.menu
        menu.refresh()
        assert (menu.add_sample.isVisible(), menu.remove_sample.isVisible()) == (True, False)
        menu.add_sample.trigger()
        menu.refresh()
        assert (menu.add_sample.isVisible(), menu.remove_sample.isVisible()) == (False, True)
        menu.remove_sample.trigger()
        Sown(house)
        menu.refresh()
        assert (menu.add_sample.isVisible(), menu.remove_sample.isVisible()) == (False, False)


def test_f10_opens_the_menu_as_it_says(house):
    with window_of(house) as window:
        QTest.keyClick(window, KEY.Key_F10)
        settle()
        assert window.menu.isVisible()
        window.menu.hide()
        assert ("Menu", "F10") in window.shortcut_groups()[0][1]
