"""The editor in a row: one step for everything, and nothing typed is ever overwritten."""

import pytest
from PySide6.QtTest import QTest

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, SHIFT, edit, enter, go_to, put, titles, view_of
from toggl_desktop.domain import commands
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store.bindings import Binding
from toggl_desktop.ui.timer.days import EntryItem
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def test_enter_opens_an_entry_and_enter_saves_everything_as_one_step(
    house: House, window: TimerWindow
) -> None:
    project, tag = house.project("Website"), house.tag("ux")
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    assert editor.description.hasFocus()
    put(editor.description, "New")
    put(editor.project, "website")
    put(editor.tags, "ux")
    put(editor.start, "8:30")
    put(editor.stop, "9:15")
    QTest.keyClick(editor.billable, KEY.Key_Space)
    enter(editor.stop)
    row = house.row(lid)
    assert (row.description, row.project, row.tag_ids) == ("New", project, (tag,))
    assert (row.start, row.stop, row.billable) == (house.at("08:30"), house.at("09:15"), True)
    assert len(house.performed) == 1
    assert window.entries.editor is None
    assert view_of(window).hasFocus()
    current = view_of(window).current_item()
    assert isinstance(current, EntryItem)
    assert current.row.lid == lid


def test_undo_by_key_takes_the_whole_edit_back(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "New")
    put(editor.length, "30m")
    enter(editor.length)
    assert house.row(lid).stop == house.at("09:30")
    QTest.keyClick(window.focusWidget(), KEY.Key_Z, CTRL)
    settle()
    row = house.row(lid)
    assert (row.description, row.stop) == ("Old", house.at("10:00"))
    assert titles(window)[1] == "Old"
    QTest.keyClick(window, KEY.Key_Z, CTRL | SHIFT)
    settle()
    assert house.row(lid).description == "New"


def test_undo_in_a_field_is_the_fields_own_while_it_has_something_to_take_back(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    house.perform(commands.DeleteEntries((lid,)))
    open_window(window)
    field = window.running.description
    assert field.hasFocus()
    QTest.keyClick(field, KEY.Key_Z, CTRL)
    settle()
    assert [row.lid for row in house.all_rows()] == [lid]
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, KEY.Key_Z, CTRL)
    assert field.text() == ""
    QTest.keyClick(field, KEY.Key_Z, CTRL | SHIFT)
    assert field.text() == "abc"
    assert [row.lid for row in house.all_rows()] == [lid]


def test_tab_walks_through_the_fields_in_order(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    seen = []
    for _ in range(9):
        seen.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), KEY.Key_Tab)
    assert seen == [
        editor.description,
        editor.project,
        editor.tags,
        editor.start,
        editor.stop,
        editor.length,
        editor.billable,
        editor.save_button,
        editor.drop_button,
    ]


def test_esc_drops_the_edit(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "New")
    QTest.keyClick(editor.description, KEY.Key_Escape)
    assert window.entries.editor is None
    assert house.row(lid).description == "Old"
    assert house.performed == []


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("start", "25:99", "is not a time"),
        ("stop", "later", "is not a time"),
        ("length", "long", "is not a length"),
        ("description", "w" * 3001, "3001 characters"),
        ("project", "Nobody", "no project “Nobody” yet"),
    ],
)
def test_a_refusal_is_said_under_the_field_and_the_text_stays(
    house: House, window: TimerWindow, name: str, text: str, word: str
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    field = getattr(editor, name)
    if len(text) > 100:
        field.insert(text[3:])
        text = field.text() + "abc"
        QTest.keyClicks(field, "abc")
    else:
        put(field, text)
    enter(field)
    assert window.entries.editor is editor
    assert word in editor.note.text()
    assert editor.note.isVisible()
    assert field.text() == text
    assert field.hasFocus()
    assert field.property("state") == "invalid"
    row = house.row(lid)
    assert (row.description, row.start, row.stop) == ("Old", house.at("09:00"), house.at("10:00"))


def test_a_stop_is_the_first_such_time_after_the_start(house: House, window: TimerWindow) -> None:
    lid = house.entry("Night", "22:00", "23:00", day=-1)
    open_window(window)
    editor = edit(window, lid)
    put(editor.stop, "1:20")
    assert editor.length.text() == "3:20"
    enter(editor.stop)
    assert house.row(lid).stop == house.at("01:20")


def test_times_of_an_old_entry_mean_its_own_day(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00", day=-4)
    open_window(window)
    editor = edit(window, lid)
    put(editor.start, "8:30")
    enter(editor.start)
    assert house.row(lid).start == house.at("08:30", -4)


def test_an_offset_moves_a_finished_entrys_time(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00", day=-4)
    open_window(window)
    editor = edit(window, lid)
    put(editor.start, "-15m")
    put(editor.stop, "+5m")
    enter(editor.stop)
    row = house.row(lid)
    assert (row.start, row.stop) == (house.at("08:45", -4), house.at("10:05", -4))


def test_start_stop_and_length_follow_each_other(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.start, "9:30")
    assert editor.length.text() == "0:30"
    put(editor.length, "90")
    assert editor.stop.text() == "11:00"
    put(editor.stop, "11:30")
    assert editor.length.text() == "2:00"
    enter(editor.stop)
    row = house.row(lid)
    assert (row.start, row.stop) == (house.at("09:30"), house.at("11:30"))


def test_new_tags_and_a_chosen_new_project_are_made(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.tags, "ux, deep work, ux")
    put(editor.project, "Fresh")
    popup = editor.project.completer().popup()
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    settle()
    enter(editor.project)
    row = house.row(lid)
    assert (row.project_name, row.tags) == ("Fresh", ("ux", "deep work"))


def test_projects_are_offered_by_any_part_of_their_names(house: House, window: TimerWindow) -> None:
    acme = house.client("Acme")
    wanted = house.project("Überseite", client=acme)
    house.project("Team")
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.project, "acm")
    popup = editor.project.completer().popup()
    assert popup.model().index(0, 0).data() == "Überseite — Acme"
    put(editor.project, "ubers")
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    settle()
    assert editor.project.text() == "Überseite"
    enter(editor.project)
    assert house.row(lid).project == wanted


def test_a_tag_being_typed_is_completed_and_the_others_stay(
    house: House, window: TimerWindow
) -> None:
    house.tag("ux")
    house.tag("deep work")
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.tags, "ux, dee")
    popup = editor.tags.completer().popup()
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    settle()
    assert editor.tags.text() == "ux, deep work, "
    enter(editor.tags)
    assert house.row(lid).tags == ("ux", "deep work")


def test_esc_closes_an_open_offer_before_it_closes_the_editor(
    house: House, window: TimerWindow
) -> None:
    house.project("Website")
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.project, "Web")
    popup = editor.project.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, KEY.Key_Escape)
    assert not popup.isVisible()
    assert window.entries.editor is editor
    QTest.keyClick(editor.project, KEY.Key_Escape)
    assert window.entries.editor is None


def test_enter_on_an_offer_takes_it_and_saves_nothing_yet(
    house: House, window: TimerWindow
) -> None:
    first = house.project("Website", client=house.client("Acme"))
    house.project("Website", client=house.client("Zeta"))
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.project, "web")
    popup = editor.project.completer().popup()
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    settle()
    assert house.performed == []
    assert window.entries.editor is editor
    enter(editor.project)
    assert house.row(lid).project == first


def test_a_project_can_be_taken_off(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00", project=house.project("Website"))
    open_window(window)
    editor = edit(window, lid)
    editor.project.setFocus()
    editor.project.selectAll()
    QTest.keyClick(editor.project, KEY.Key_Delete)
    enter(editor.project)
    assert house.row(lid).project is None


def test_missing_fields_put_the_keyboard_into_the_editor(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    house.do(commands.EditWorkspace(LOCAL_WORKSPACE, required=("tag",)))
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "New")
    enter(editor.description)
    assert editor.tags.hasFocus()
    assert "requires a tag" in editor.note.text()
    assert editor.description.text() == "New"


def test_what_lands_meanwhile_shows_in_untouched_fields_only(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "Mine")
    house.do(commands.EditEntries((lid,), description="Theirs", stop=house.at("10:30")))
    settle()
    assert window.entries.editor is editor
    assert editor.description.text() == "Mine"
    assert editor.stop.text() == "10:30"
    assert "Changed elsewhere" in editor.note.text()
    enter(editor.description)
    row = house.row(lid)
    assert (row.description, row.stop) == ("Mine", house.at("10:30"))


def test_that_an_entry_was_only_sent_or_its_project_renamed_is_no_change_of_somebody_else(
    house: House, window: TimerWindow
) -> None:
    project = house.project("Website")
    lid = house.entry("Old", "09:00", "10:00", project=project)
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "Mine")
    with house.store.transaction("Sync", house.clock.at) as tx:
        tx.bindings.append(Binding("track", "time_entry", lid, 9, {}, unsent=False))
    house.do(commands.EditProject(project, name="Web"))
    settle()
    assert house.row(lid).sync == "synced"
    assert editor.note.text() == ""
    assert editor.project.text() == "Web"
    assert editor.description.text() == "Mine"


def test_an_editor_stays_open_with_its_text_when_its_entry_is_deleted_elsewhere(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "Mine")
    house.do(commands.DeleteEntries((lid,)))
    settle()
    assert editor.isVisible()
    assert editor.description.text() == "Mine"
    assert "deleted elsewhere" in editor.note.text()
    enter(editor.description)
    assert "no such entry any more" in editor.note.text()
    assert editor.description.text() == "Mine"
    QTest.keyClick(editor.description, KEY.Key_Escape)
    assert window.entries.editor is None
    assert titles(window) == []


def test_an_editor_keeps_its_place_while_rows_come_and_go_above(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "Mine")
    house.entry("Above", "10:00", "11:00")
    settle()
    row = window.entries.model.row_of(lid)
    rect = view_of(window).visualRect(window.entries.model.index(row))
    assert rect.contains(editor.geometry())
    assert editor.description.text() == "Mine"
    assert editor.description.hasFocus()


def test_opening_another_entry_saves_the_first(house: House, window: TimerWindow) -> None:
    one = house.entry("One", "09:00", "10:00")
    two = house.entry("Two", "10:00", "11:00")
    open_window(window)
    put(edit(window, one).description, "One, edited")
    editor = edit(window, two)
    assert editor.lid == two
    assert house.row(one).description == "One, edited"


def test_a_refused_editor_is_not_left_for_another(house: House, window: TimerWindow) -> None:
    one = house.entry("One", "09:00", "10:00")
    two = house.entry("Two", "10:00", "11:00")
    open_window(window)
    first = edit(window, one)
    put(first.start, "never")
    go_to(window, two)
    QTest.keyClick(view_of(window), KEY.Key_Return)
    assert window.entries.editor is first
    assert first.start.text() == "never"


def test_the_running_part_of_yesterday_is_edited_above(house: House, window: TimerWindow) -> None:
    house.clock.at = house.at("23:00", -1)
    lid = house.start("Night")
    house.clock.at = house.at("01:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Return)
    assert window.entries.editor is None
    assert window.running.description.hasFocus()
