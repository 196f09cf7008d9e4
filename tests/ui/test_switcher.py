"""The palette: what it offers, what it says Enter will do, and what Enter does."""

import pytest
from PySide6.QtCore import Qt

from toggl_desktop.domain.commands import EditProject, EnterLine
from toggl_desktop.domain.entities import Project, Workspace
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import ProjectId, WorkspaceId
from toggl_desktop.store.read import entries, suggest
from toggl_desktop.ui.switcher.model import as_line
from toggl_desktop.ui.switcher.palette import Palette

pytestmark = pytest.mark.ui


@pytest.fixture
def palette(house, qtbot):
    """A palette over a store with a little history."""
    acme = house.project("Acme", "#d94182")
    house.project("Acme Website", "#0b83d9")
    house.tag("deep")
    house.entry("Wireframes", "09:00", "10:00", project=acme)
    house.entry("Café menu", "10:00", "11:00")
    made = Palette(house.context)
    qtbot.addWidget(made)
    made.open()
    yield made
    made.hide()


def _press(qtbot, palette, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(palette._edit, key, modifiers)


def _titles(palette):
    model = palette._model
    return [model.index(row).data() for row in range(model.rowCount())]


def test_it_offers_what_was_tracked_lately_and_marks_the_latest(palette):
    assert _titles(palette) == ["Café menu", "Wireframes", "Acme Website"]
    assert palette._list.currentIndex().row() == 0
    assert "Starts 14:02" in palette._preview.text()


def test_enter_on_the_empty_line_starts_what_is_marked(palette, house, qtbot):
    _press(qtbot, palette, Qt.Key.Key_Return)
    assert entries.running(house.store.source).description == "Café menu"
    assert not palette.isVisible()


def test_typing_is_fuzzy_and_does_not_mind_accents(palette, qtbot):
    qtbot.keyClicks(palette._edit, "cafe")
    assert _titles(palette) == ["Café menu"]
    palette._edit.clear()
    qtbot.keyClicks(palette._edit, "wirefarmes")
    assert _titles(palette) == ["Wireframes"]


def test_a_typed_line_starts_with_project_tags_and_a_start_in_the_past(palette, house, qtbot):
    house.start("Stand-up", at="13:30")
    qtbot.keyClicks(palette._edit, "Plan @Acme Website #deep -10m")
    said = palette._preview.text()
    assert "Starts 13:52" in said
    assert "◆ Acme Website" in said
    assert "“Stand-up” ends 13:52" in said
    _press(qtbot, palette, Qt.Key.Key_Return)
    running = entries.running(house.store.source)
    assert (running.description, running.project_name, running.tags) == (
        "Plan",
        "Acme Website",
        ("deep",),
    )
    assert running.start == house.at("13:52")
    stopped = next(r for r in house.all_rows() if r.description == "Stand-up")
    assert stopped.stop == house.at("13:52")


def test_shift_enter_adds_a_finished_entry_and_leaves_the_running_one_alone(palette, house, qtbot):
    house.start("Stand-up", at="13:30")
    qtbot.keyClicks(palette._edit, "Call -20m")
    _press(qtbot, palette, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    call = next(r for r in house.all_rows() if r.description == "Call")
    assert (call.start, call.stop) == (house.at("13:42"), house.at("14:02"))
    assert entries.running(house.store.source).description == "Stand-up"


def test_shift_enter_without_a_length_asks_for_one_and_keeps_the_text(palette, house, qtbot):
    qtbot.keyClicks(palette._edit, "Call")
    _press(qtbot, palette, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert "how long" in palette._preview.text()
    assert palette._edit.text() == "Call"
    assert palette.isVisible()


def test_nothing_is_cut_without_being_shown_and_confirmed(palette, house, qtbot):
    before = house.all_rows()
    qtbot.keyClicks(palette._edit, "Late @09:30")
    assert "shortens “Wireframes”?" in palette._preview.text()
    assert "removes “Café menu”?" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Return)
    assert house.all_rows() == before
    assert "Enter does so" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Escape)
    assert palette.isVisible()
    assert house.all_rows() == before
    _press(qtbot, palette, Qt.Key.Key_Return)
    _press(qtbot, palette, Qt.Key.Key_Return)
    assert [r.description for r in house.all_rows()] == ["Late", "Wireframes"]


def test_alt_enter_keeps_what_is_in_the_way(palette, house, qtbot):
    qtbot.keyClicks(palette._edit, "Late @09:30")
    _press(qtbot, palette, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert len(house.all_rows()) == 3


def test_an_unknown_project_is_named_with_its_neighbours_and_made_on_request(palette, house, qtbot):
    qtbot.keyClicks(palette._edit, "Call @Acne")
    assert "There is no project “Acne”" in palette._preview.text()
    assert "Acme" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Return)
    assert entries.running(house.store.source) is None
    _press(qtbot, palette, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert entries.running(house.store.source).project_name == "Acne"


def test_arrows_choose_and_the_preview_follows(palette, house, qtbot):
    _press(qtbot, palette, Qt.Key.Key_Down)
    assert palette._list.currentIndex().row() == 1
    assert "◆ Acme" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Return)
    running = entries.running(house.store.source)
    assert (running.description, running.project_name) == ("Wireframes", "Acme")


def test_tab_writes_the_suggestion_out(palette, qtbot):
    qtbot.keyClicks(palette._edit, "wire")
    _press(qtbot, palette, Qt.Key.Key_Tab)
    assert palette._edit.text() == "Wireframes @Acme "


def test_tab_keeps_the_time_that_was_typed(palette, qtbot):
    qtbot.keyClicks(palette._edit, "wire -10m")
    _press(qtbot, palette, Qt.Key.Key_Tab)
    assert palette._edit.text() == "Wireframes @Acme -10m "
    palette._edit.clear()
    qtbot.keyClicks(palette._edit, "wire yesterday 9-10:30")
    _press(qtbot, palette, Qt.Key.Key_Tab)
    assert palette._edit.text() == "Wireframes @Acme yesterday 9-10:30 "


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("Call @web", 'Call @"Acme Website" '),
        ("Call #de", "Call #deep "),
        ("Call @web -10m", 'Call @"Acme Website" -10m '),
        ("Call @zebra", "Call @zebra"),
    ],
)
def test_tab_completes_the_project_or_tag_that_is_being_typed(palette, qtbot, typed, completed):
    qtbot.keyClicks(palette._edit, typed)
    _press(qtbot, palette, Qt.Key.Key_Tab)
    assert palette._edit.text() == completed


@pytest.mark.parametrize("typed", ["Bread @web", "Bread @web -10m", "photos"])
def test_tab_writes_a_name_of_two_workspaces_so_that_enter_takes_it(house, qtbot, typed):
    with house.store.transaction("Sync", house.clock.at) as tx:
        for lid, name in (("w1", "Northwind"), ("w2", "Bakers")):
            tx.save(Workspace(WorkspaceId(lid), name))
        for lid, workspace in (("p1", "w1"), ("p2", "w2")):
            one = Project(ProjectId(lid), "Website", "#0b83d9", workspace=WorkspaceId(workspace))
            tx.save(one)
    house.entry("Bread photos", "09:00", "10:00", project="p2")
    palette = Palette(house.context)
    qtbot.addWidget(palette)
    palette.open()
    qtbot.keyClicks(palette._edit, typed)
    _press(qtbot, palette, Qt.Key.Key_Tab)
    written = palette._edit.text()
    assert '@"Website (' in written
    assert "◆ Website (" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Return)
    running = entries.running(house.store.source)
    assert (running.project_name, running.place in written) == ("Website", True)
    palette.hide()


def test_what_has_neither_text_nor_project_is_not_offered(palette, house):
    house.entry("", "11:00", "12:00")
    palette.hide()
    palette.open()
    assert _titles(palette) == ["Café menu", "Wireframes", "Acme Website"]


def test_an_entry_without_a_text_is_named_by_its_time_before_it_goes(palette, house, qtbot):
    house.entry("", "13:50", "14:00")
    qtbot.keyClicks(palette._edit, "Call -20m")
    assert "removes the entry of 13:50?" in palette._preview.text()


def test_escape_closes(palette, qtbot):
    _press(qtbot, palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_change_that_lands_while_typing_leaves_the_text_alone(palette, house, qtbot):
    qtbot.keyClicks(palette._edit, "Plan @Acme")
    house.start("From a terminal")
    qtbot.waitUntil(lambda: "“From a terminal”" in palette._preview.text(), timeout=2000)
    assert palette._edit.text() == "Plan @Acme"


def test_archived_projects_are_not_offered(house, qtbot):
    old = house.project("Old")
    house.entry("Past", "09:00", "10:00", project=old)
    house.do(EditProject(old, archived=True))
    assert [s.description for s in suggest.known(house.store.source)] == []


def test_a_written_out_suggestion_is_understood_as_itself(house):
    project = house.project("Big Plan")
    tag = house.tag("two words")
    house.entry("@odd #text", "09:00", "10:00", project=project, tags=(tag,))
    (one, *_) = suggest.known(house.store.source)
    from toggl_desktop.domain.grammar import parse_line

    line = parse_line(as_line(one), house.clock.at, house.zone, ["Big Plan"])
    assert (line.description, line.project, line.tags) == ("@odd #text", "Big Plan", ("two words",))


def test_every_word_must_fit_and_beginnings_come_first(house):
    for text in ("Write plan", "Plan writing", "Unplanned", "Lunch"):
        house.entry(text, "09:00", "10:00")
    known = suggest.known(house.store.source)
    found = [s.description for s in suggest.matching(known, "plan")]
    assert found[0] == "Plan writing"
    assert found[1] == "Write plan"
    assert found[2] == "Unplanned"
    assert "Lunch" not in found
    assert fold("PLAN") == "plan"


def test_html_is_shown_as_it_is_written(palette, house, qtbot):
    qtbot.keyClicks(palette._edit, '<img src="file:///etc/hostname"> <b>x</b>')
    assert palette._preview.textFormat() == Qt.TextFormat.PlainText
    _press(qtbot, palette, Qt.Key.Key_Return)
    assert "<b>x</b>" in entries.running(house.store.source).description
    assert any(isinstance(c, EnterLine) for c in house.performed)
