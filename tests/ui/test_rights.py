"""What a workspace allows is said before it is saved, and kept when it is saved all the same."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, edit, enter, put
from tests.ui.test_timer_bulk import open_bulk, three
from toggl_desktop.domain import commands
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import rights
from toggl_desktop.ui.switcher.palette import Palette
from toggl_desktop.ui.theme.stylesheet import style_sheet
from toggl_desktop.ui.theme.tokens import LIGHT
from toggl_desktop.ui.timer.window import TimerWindow
from toggl_desktop.ui.widgets.completion import ProjectField

pytestmark = pytest.mark.ui

NO_PROJECTS = "Only admins may create projects in “Work”."


def account(house, *required, locked=None, hold=None, **base):
    """Makes this computer's workspace one of an account, with rules."""
    house.do(commands.EditWorkspace(LOCAL_WORKSPACE, name="Work", required=required))
    with house.store.transaction("Bind", house.clock.at) as tx:
        tx.bindings.append(
            Binding("track", "workspace", "local", rid=7, base=base, unsent=False, hold=hold)
        )
        if locked is not None:
            tx.step.meta[rights.LOCKED] = json.dumps({"7": locked})
    settle()


def test_the_editor_says_what_is_missing_and_keeps_it_all_the_same(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    account(house, "project", "tag")
    house.project("Website")
    open_window(window)
    editor = edit(window, lid)
    assert editor.note.text() == (
        "“Work” requires a project and a tag on every entry. It is kept here and waits."
    )
    put(editor.tags, "ux")
    assert editor.note.text().startswith("“Work” requires a project on every entry.")
    put(editor.project, "Website")
    assert not editor.note.isVisible()
    editor.project.selectAll()
    QTest.keyClick(editor.project, KEY.Key_Delete)
    enter(editor.tags)
    assert window.entries.editor is None
    row = house.row(lid)
    assert (row.tags, row.sync) == (("ux",), "problem")
    assert row.problem == "“Work” requires a project on every entry."
    assert "kept here and waits" in window.bar.sentence


def test_the_editor_says_that_time_is_locked(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    account(house, locked=house.at("08:00"))
    open_window(window)
    editor = edit(window, lid)
    assert editor.note.text() == ""
    put(editor.start, "7:30")
    assert editor.note.text().startswith("“Work” is locked: no time before 23 Nov 2026")
    put(editor.start, "8:30")
    assert editor.note.text() == ""


def test_what_is_lost_can_only_be_read_and_says_so(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    account(house, hold={"reason": "no access"})
    with house.store.transaction("Bind", house.clock.at) as tx:
        tx.bindings.append(Binding("track", "time_entry", lid, rid=8, base={}, unsent=False))
    open_window(window)
    editor = edit(window, lid)
    assert "no access to “Work” any more" in editor.note.text()
    put(editor.description, "New")
    enter(editor.description)
    assert "can only be read here" in editor.note.text()
    assert editor.description.text() == "New"
    assert house.row(lid).description == "Old"


def test_several_entries_say_how_many_of_them_lack_something(
    house: House, window: TimerWindow
) -> None:
    _, _, last = three(house)
    account(house, "tag")
    tag = house.tag("ux")
    house.do(commands.EditEntries((last,), tags=(tag,)))
    open_window(window)
    bulk = open_bulk(window)
    assert not bulk.note.isVisible()
    put(bulk.description, "All")
    assert bulk.note.text().startswith("2 of 3: “Work” requires a tag on every entry.")
    put(bulk.add_tags, "ux")
    assert not bulk.note.isVisible()


def test_what_runs_says_what_it_will_lack(house: House, window: TimerWindow) -> None:
    account(house, "project")
    house.project("Website")
    house.start("Work", "09:00")
    open_window(window)
    running = window.running
    assert running.hint.text() == "“Work” requires a project on every entry."


def test_a_typed_line_says_it_too(house: House, window: TimerWindow) -> None:
    account(house, "project", may_create_tags=False)
    open_window(window)
    running = window.running
    put(running.description, "mail 9-9:30")
    assert "requires a project" in running.hint.text()
    window.resize(360, 640)
    settle()
    hint = running.hint  # all of it, in a narrow window too
    assert hint.heightForWidth(hint.width()) > 2 * hint.fontMetrics().height() - 4
    assert hint.height() >= hint.heightForWidth(hint.width())
    put(running.description, "mail #new")
    assert "Only admins may create tags in “Work”. It is kept" in running.hint.text()


@pytest.mark.parametrize("may", [True, False])
def test_a_project_is_offered_to_be_made_or_it_is_said_why_not(qtbot, may: bool) -> None:
    field = ProjectField("Project")
    qtbot.addWidget(field)
    field.set_projects(())
    field.say_no_new("" if may else NO_PROJECTS)
    field.show()
    put(field, "Mars")
    (row,) = [field.offer.rows.item(place) for place in range(field.offer.rows.rowCount())]
    assert row.text() == ("Create “Mars”" if may else NO_PROJECTS)
    assert row.isEnabled() is may
    if not may:  # a sentence that is read, though it cannot be taken
        colour = f'[kind="offer"]::item:disabled {{ color: {LIGHT.second}'
        assert field.offer.popup().property("kind") == "offer"
        assert colour in style_sheet(LIGHT)
    QTest.keyClick(field, KEY.Key_Tab)
    assert field.text() == "Mars"
    assert field.wish().new_name == ("Mars" if may else "")


def test_the_palette_says_why_it_makes_no_project(house: House, qtbot) -> None:
    account(house, may_create_projects=False)
    palette = Palette(house.context)
    qtbot.addWidget(palette)
    palette.open()
    QTest.keyClicks(palette._edit, "fly @Mars")
    assert palette._preview.text() == f"There is no project “Mars”. {NO_PROJECTS}"
    QTest.keyClick(palette._edit, Qt.Key.Key_Return, CTRL)
    assert palette.isVisible()
    assert palette._preview.text() == NO_PROJECTS
    assert house.performed == []
    palette.hide()
