"""The list: keys, pointer, the editor in a row, and what survives changes from elsewhere."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import House, open_window, settle
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain import commands
from toggl_desktop.domain.entities import LOCAL_WORKSPACE
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem
from toggl_desktop.ui.timer.editor import EntryEditor
from toggl_desktop.ui.timer.splitter import Splitter
from toggl_desktop.ui.timer.view import EntryView
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def view_of(window: TimerWindow) -> EntryView:
    return window.entries.view


def titles(window: TimerWindow) -> list[str]:
    model = window.entries.model
    return [model.face(row).title for row in range(model.rowCount())]


def go_to(window: TimerWindow, lid: str) -> None:
    view_of(window).setFocus()
    window.entries.select(lid)


def edit(window: TimerWindow, lid: str) -> EntryEditor:
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Return)
    editor = window.entries.editor
    assert isinstance(editor, EntryEditor)
    return editor


def put(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, KEY.Key_A, CTRL)
    QTest.keyClicks(field, text)


def enter(field: QWidget) -> None:
    QTest.keyClick(field, KEY.Key_Return)
    settle()


# The editor -------------------------------------------------------------------------------


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
    QTest.keyClick(window, KEY.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
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
    QTest.keyClick(field, KEY.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
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


# Gaps, cuts and the rest ------------------------------------------------------------------


def test_a_gap_is_filled_in_place(house: House, window: TimerWindow) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:14", "11:00")
    open_window(window)
    model = window.entries.model
    row = next(r for r in range(model.rowCount()) if isinstance(model.item(r), GapItem))
    rect = view_of(window).visualRect(model.index(row))
    QTest.mouseClick(view_of(window).viewport(), LEFT, pos=rect.center())
    editor = window.entries.editor
    assert isinstance(editor, EntryEditor)
    assert (editor.start.text(), editor.stop.text()) == ("10:00", "10:14")
    QTest.keyClicks(editor.description, "Coffee")
    enter(editor.description)
    assert titles(window) == ["Today", "B", "Coffee", "A"]
    assert len(house.performed) == 1


def test_a_gap_stays_open_when_it_is_filled_elsewhere(house: House, window: TimerWindow) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:14", "11:00")
    open_window(window)
    window.entries.open_editor(window.entries.model.item(2))
    editor = window.entries.editor
    assert isinstance(editor, EntryEditor)
    QTest.keyClicks(editor.description, "Coffee")
    house.entry("Theirs", "10:00", "10:14")
    settle()
    assert window.entries.editor is editor
    assert editor.description.text() == "Coffee"
    assert editor.isVisible()


def test_an_entry_is_cut_in_two(house: House, window: TimerWindow) -> None:
    lid = house.entry("Long", "09:00", "10:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    splitter = window.entries.editor
    assert isinstance(splitter, Splitter)
    assert splitter.at.text() == "9:30"
    put(splitter.at, "11:00")
    enter(splitter.at)
    assert "between start and stop" in splitter.note.text()
    put(splitter.at, "9:20")
    assert "0:20:00" in splitter.note.text()
    enter(splitter.at)
    spans = sorted((row.start, row.stop) for row in house.all_rows())
    assert spans == [
        (house.at("09:00"), house.at("09:20")),
        (house.at("09:20"), house.at("10:00")),
    ]


def test_delete_by_key_needs_no_dialog_and_the_toast_takes_it_back(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Stand-up", "09:00", "10:00")
    house.entry("Other", "10:00", "11:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    settle()
    assert titles(window) == ["Today", "Other"]
    assert window.toast.sentence == "Deleted “Stand-up”"
    window.toast.pressed.emit()
    settle()
    assert titles(window) == ["Today", "Other", "Stand-up"]
    assert window.toast.sentence == "Undone: Delete “Stand-up”"
    window.toast.pressed.emit()
    settle()
    assert titles(window) == ["Today", "Other"]


def test_a_toast_never_takes_back_another_step_than_it_names(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Stand-up", "09:00", "10:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    house.entry("Terminal", "11:00", "12:00")
    window.toast.pressed.emit()
    settle()
    assert titles(window) == ["Today", "Terminal"]
    assert "Something else was done since" in window.bar.sentence
    assert window.toast.sentence == ""


def test_keys_continue_duplicate_merge_and_keep(house: House, window: TimerWindow) -> None:
    house.entry("Above", "10:00", "11:00")
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_B, CTRL)
    settle()
    assert [f.description for f in catalog.favourites(house.store.source)] == ["Old"]
    QTest.keyClick(view_of(window), KEY.Key_D, CTRL)
    settle()
    assert titles(window).count("Old") == 2
    house.do(Undo())
    settle()
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_M, CTRL)
    settle()
    (row,) = house.all_rows()
    assert (row.start, row.stop) == (house.at("09:00"), house.at("11:00"))
    go_to(window, row.lid)
    QTest.keyClick(view_of(window), KEY.Key_Return, CTRL)
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.description == "Old"


def test_several_entries_are_deleted_in_one_step(house: House, window: TimerWindow) -> None:
    for hour in ("08", "09", "10"):
        house.entry(f"E{hour}", f"{hour}:00", f"{hour}:59")
    open_window(window)
    go_to(window, house.all_rows()[0].lid)
    QTest.keyClick(view_of(window), KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    settle()
    assert titles(window) == ["Today", "E08"]
    assert len(house.performed) == 1


# Pointer and keys -------------------------------------------------------------------------


def test_the_row_under_the_pointer_offers_to_continue(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view = view_of(window)
    row = window.entries.model.row_of(lid)
    places = view.action_places(row)
    assert places is not None
    QTest.mouseMove(view.viewport(), places.go.center())
    QTest.mouseClick(view.viewport(), LEFT, pos=places.go.center())
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.description == "Old"


def test_the_three_dots_and_the_menu_key_open_the_same_menu(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view = view_of(window)
    places = view.action_places(window.entries.model.row_of(lid))
    assert places is not None
    QTest.mouseClick(view.viewport(), LEFT, pos=places.more.center())
    assert window.entries.menu.isVisible()
    assert not window.entries.menu.merge.isEnabled()
    window.entries.menu.hide()


def test_a_double_click_opens_the_editor(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view = view_of(window)
    rect = view.visualRect(window.entries.model.index(window.entries.model.row_of(lid)))
    QTest.mouseDClick(view.viewport(), LEFT, pos=rect.topLeft() + QPoint(40, 10))
    assert isinstance(window.entries.editor, EntryEditor)


def test_arrows_walk_over_entries_and_gaps_but_not_over_heads(
    house: House, window: TimerWindow
) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:14", "11:00")
    house.entry("C", "09:00", "10:00", day=-1)
    open_window(window)
    view = view_of(window)
    view.setFocus()
    view.select_row(1)
    seen = []
    for _ in range(5):
        seen.append(type(view.current_item()))
        QTest.keyClick(view, KEY.Key_Down)
    assert DayHead not in seen
    assert seen == [EntryItem, GapItem, EntryItem, EntryItem, EntryItem]
    QTest.keyClick(view, KEY.Key_Home)
    assert view.currentIndex().row() == 1


def many_days(house: House, days: int = 12) -> list[str]:
    return [
        house.entry(f"Day {day} hour {hour}", f"{hour:02}:00", f"{hour:02}:58", day=-day)
        for day in range(days)
        for hour in (9, 10, 11, 12)
    ]


def test_what_a_person_looks_at_stays_in_its_place_when_rows_come_above(
    house: House, window: TimerWindow
) -> None:
    lids = many_days(house)
    open_window(window)
    view, model = view_of(window), window.entries.model
    view.verticalScrollBar().setValue(900)
    watched = lids[24]
    before = view.visualRect(model.index(model.row_of(watched))).top()
    house.entry("New", "06:00", "07:00")
    house.entry("New", "07:30", "08:00")
    house.do(commands.DeleteEntries((lids[0],)))
    settle()
    assert view.visualRect(model.index(model.row_of(watched))).top() == before


def test_the_selection_survives_changes(house: House, window: TimerWindow) -> None:
    lids = many_days(house)
    open_window(window)
    go_to(window, lids[6])
    house.do(commands.DeleteEntries((lids[1],)))
    house.do(commands.EditEntries((lids[6],), start=house.at("05:00", -1)))
    settle()
    (item,) = view_of(window).selected_items()
    assert isinstance(item, EntryItem)
    assert item.row.lid == lids[6]


def test_the_head_of_the_day_stays_in_sight(house: House, window: TimerWindow) -> None:
    many_days(house)
    open_window(window)
    view, model = view_of(window), window.entries.model
    view.verticalScrollBar().setValue(60)
    sticky = view._sticky
    assert sticky.isVisible()
    assert model.face(sticky.row).title == "Today"
    second = next(r for r in range(1, model.rowCount()) if isinstance(model.item(r), DayHead))
    view.verticalScrollBar().setValue(view._offsets.top(second) - 10)
    assert sticky.y() < 0
    view.verticalScrollBar().setValue(view._offsets.top(second) + 5)
    assert model.face(sticky.row).title == "Yesterday"


def test_a_screen_reader_finds_every_row_as_a_sentence(house: House, window: TimerWindow) -> None:
    house.entry("Wireframes", "09:04", "09:46", project=house.project("Website"))
    open_window(window)
    found = QAccessible.queryAccessibleInterface(view_of(window))
    assert found.role() == QAccessible.Role.List
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    assert names == ["Today, 42 minutes in all", "Wireframes, Website, 9:04 to 9:46, 42 minutes"]


def test_every_control_has_a_name(house: House, window: TimerWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    edit(window, lid)
    for kind in (QAbstractButton, QLineEdit):
        for control in window.findChildren(kind):
            if control.isVisibleTo(window):
                found = QAccessible.queryAccessibleInterface(control)
                assert found.text(QAccessible.Text.Name), control


def test_a_wide_window_shows_an_entry_on_one_line(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view, model = view_of(window), window.entries.model
    narrow = view.visualRect(model.index(model.row_of(lid))).height()
    window.resize(900, 640)
    settle()
    assert view.visualRect(model.index(model.row_of(lid))).height() < narrow


@pytest.mark.parametrize("width", [360, 460, 900])
def test_every_kind_of_row_can_be_painted_in_both_directions(
    house: House, window: TimerWindow, width: int
) -> None:
    project = house.project("R&D <b>", client=house.client("Ac\u202eme"))
    house.entry("w" * 3000, "09:00", "10:00", project=project, tags=(house.tag("t" * 200),))
    house.entry("<img src=x>", "09:30", "11:00", billable=True)
    house.entry("Night", "23:00", "02:00", day=-1)
    open_window(window)
    window.resize(width, 640)
    for way in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        window.setLayoutDirection(way)
        settle()
        view = view_of(window)
        for row in range(1, window.entries.model.rowCount()):
            if window.entries.model.flags(window.entries.model.index(row)) & (
                Qt.ItemFlag.ItemIsSelectable
            ):
                view.select_row(row)
                assert not view.grab().isNull()
        places = view.action_places(1)
        assert places is not None
        assert view.viewport().rect().contains(places.go)


def test_an_empty_list_says_what_to_do(house: House, window: TimerWindow) -> None:
    open_window(window)
    assert "Nothing recorded yet" in window.entries.sentence.text()
    assert window.entries.sentence.isVisible()
    house.entry("First", "09:00", "10:00")
    settle()
    assert not window.entries.sentence.isVisible()
    assert titles(window) == ["Today", "First"]


def test_a_list_that_cannot_be_read_says_why_and_tries_again(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toggl_desktop.domain.errors import StoreError
    from toggl_desktop.ui.timer.ledger import Ledger

    house.entry("First", "09:00", "10:00")

    def fails(_self: object) -> set[object]:
        raise StoreError("The store cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "fetch", fails)
        open_window(window)
        assert window.entries.sentence.text() == "The store cannot be read."
        assert window.entries.again.isVisible()
    window.entries.again.click()
    settle()
    assert titles(window) == ["Today", "First"]
    assert not window.entries.again.isVisible()
