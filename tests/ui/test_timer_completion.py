"""What is offered while a description, project or tags are typed, and what comes with it."""

import pytest
from PySide6.QtTest import QTest

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import KEY, edit, enter, put
from toggl_desktop.domain.commands import EditProject
from toggl_desktop.store import journal
from toggl_desktop.store.read import entries
from toggl_desktop.ui.timer.window import TimerWindow
from toggl_desktop.ui.widgets.offer import OfferField

pytestmark = pytest.mark.ui


def offers(field: OfferField) -> list[str]:
    rows = field.offer.rows
    return [rows.item(i).text() for i in range(rows.rowCount())]


def take(field: OfferField, row: int = 0) -> None:
    popup = field.offer.popup()
    for _ in range(row + 1):
        QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)


def test_a_new_entry_takes_project_and_tags_from_what_is_chosen(
    house: House, window: TimerWindow
) -> None:
    site = house.project("Website", client=house.client("Acme"))
    house.entry("Wireframes", "09:00", "10:00", project=site, tags=(house.tag("ux"),))
    open_window(window)
    field = window.running.description
    put(field, "wirefr")
    assert offers(field) == ["Wireframes — Website · Acme  #ux"]
    take(field)
    assert field.text() == "Wireframes"
    assert window.running.details.project.text() == "Website"
    assert entries.running(house.store.source) is None  # taking is not starting
    enter(field)
    row = entries.running(house.store.source)
    assert row is not None
    assert (row.description, row.project_name, row.tags) == ("Wireframes", "Website", ("ux",))


def test_what_runs_takes_everything_over_in_one_step(house: House, window: TimerWindow) -> None:
    site = house.project("Website")
    house.entry("Wireframes", "09:00", "10:00", project=site, billable=True)
    lid = house.start("Something", "13:00")
    open_window(window)
    before = len(journal.history(house.store.source, 50))
    put(window.running.description, "wire")
    take(window.running.description)
    settle()
    row = house.row(lid)
    assert (row.description, row.project_name, row.billable) == ("Wireframes", "Website", True)
    assert len(journal.history(house.store.source, 50)) == before + 1
    assert not window.running.is_dirty


def test_a_name_in_the_line_is_completed_by_tab(house: House, window: TimerWindow) -> None:
    house.project("Acme Website")
    house.tag("déjà")
    open_window(window)
    field = window.running.description
    put(field, "plan @web")
    assert offers(field) == ["Acme Website"]
    QTest.keyClick(field, KEY.Key_Tab)
    assert field.text() == 'plan @"Acme Website" '
    QTest.keyClicks(field, "#dej")
    QTest.keyClick(field, KEY.Key_Tab)
    assert field.text() == 'plan @"Acme Website" #déjà '
    assert window.running.details.tags.text() == "#déjà"
    enter(field)
    row = entries.running(house.store.source)
    assert row is not None
    assert (row.description, row.project_name, row.tags) == ("plan", "Acme Website", ("déjà",))


def test_tab_leaves_a_description_alone_that_was_not_chosen(
    house: House, window: TimerWindow
) -> None:
    house.entry("Wireframes", "09:00", "10:00")
    open_window(window)
    field = window.running.description
    put(field, "wire")
    QTest.keyClick(field, KEY.Key_Tab)
    assert field.text() == "wire"
    assert not field.hasFocus()


def test_an_entry_being_edited_takes_over_but_keeps_what_was_chosen_by_hand(
    house: House, window: TimerWindow
) -> None:
    site, team = house.project("Website"), house.project("Team")
    house.entry("Wireframes", "08:00", "09:00", project=site, tags=(house.tag("ux"),))
    first = house.entry("Draft", "09:00", "10:00")
    second = house.entry("Other", "10:00", "11:00", project=team)
    open_window(window)
    editor = edit(window, first)
    put(editor.description, "wire")
    take(editor.description)
    assert (editor.project.text(), editor.tags.text()) == ("Website", "ux")
    enter(editor.description)
    assert house.row(first).project == site
    editor = edit(window, second)
    put(editor.tags, "mine")
    put(editor.description, "wire")
    take(editor.description)
    enter(editor.description)
    assert house.row(second).project == site
    assert house.row(second).tags == ("mine",)


def test_esc_gives_back_what_was_typed(house: House, window: TimerWindow) -> None:
    house.entry("Wireframes", "09:00", "10:00")
    lid = house.entry("Draft", "10:00", "11:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.description, "wi")
    popup = editor.description.offer.popup()
    QTest.keyClick(popup, KEY.Key_Down)
    assert editor.description.text() == "Wireframes"
    QTest.keyClick(popup, KEY.Key_Escape)
    assert editor.description.text() == "wi"
    assert window.entries.editor is editor


def test_down_in_an_empty_field_offers_what_was_tracked_last(
    house: House, window: TimerWindow
) -> None:
    house.entry("Older", "09:00", "10:00")
    house.entry("Newer", "10:00", "11:00")
    open_window(window)
    field = window.running.description
    QTest.keyClick(field, KEY.Key_Down)
    assert offers(field) == ["Newer", "Older"]
    assert field.offer.popup().isVisible()
    QTest.keyClick(field.offer.popup(), KEY.Key_Escape)


def test_projects_used_lately_come_first_and_archived_ones_not_at_all(
    house: House, window: TimerWindow
) -> None:
    house.project("Alpha")
    beta, gone = house.project("Beta"), house.project("Gone")
    lid = house.entry("Draft", "09:00", "10:00", project=beta)
    house.do(EditProject(gone, archived=True))
    open_window(window)
    editor = edit(window, lid)
    editor.project.setFocus()
    editor.project.open_offer()
    assert offers(editor.project) == ["No project", "Beta", "Alpha"]
    editor.project.offer.popup().hide()


def test_words_in_any_order_without_accents_and_with_a_slip_find_a_project(
    house: House, window: TimerWindow
) -> None:
    house.project("Überseite", client=house.client("Acme"))
    house.project("Website")
    lid = house.entry("Draft", "09:00", "10:00")
    open_window(window)
    editor = edit(window, lid)
    put(editor.project, "acme uber")
    assert offers(editor.project)[0] == "Überseite — Acme"
    put(editor.project, "websiet")
    assert offers(editor.project)[0] == "Website"
    QTest.keyClick(editor.project, KEY.Key_Tab)
    enter(editor.project)
    assert house.row(lid).project_name == "Website"


def test_a_project_is_made_for_a_client_in_place_in_the_same_step(
    house: House, window: TimerWindow
) -> None:
    house.client("Acme")
    lid = house.entry("Draft", "09:00", "10:00")
    open_window(window)
    before = len(journal.history(house.store.source, 50))
    editor = edit(window, lid)
    put(editor.project, "Shop + acme")
    assert offers(editor.project)[-1] == "Create “Shop” for acme"
    take(editor.project)
    enter(editor.project)
    row = house.row(lid)
    assert (row.project_name, row.client) == ("Shop", "Acme")
    assert len(journal.history(house.store.source, 50)) == before + 1


def test_a_new_entry_can_have_a_new_project_for_a_new_client(
    house: House, window: TimerWindow
) -> None:
    open_window(window)
    put(window.running.description, "Plan")
    window.running.details.pick_project()
    field = window.running.details.project_field
    put(field, "Shop + Lund")
    take(field)
    enter(field)
    enter(window.running.description)
    row = entries.running(house.store.source)
    assert row is not None
    assert (row.project_name, row.client) == ("Shop", "Lund")
