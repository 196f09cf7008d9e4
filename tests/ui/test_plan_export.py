"""Export from the plan window: what is shown, or some days of it, as each kind of file."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk
from toggl_desktop.domain.plan.filters import Filter
from toggl_desktop.ui.plan.exporting import ExportDialog, PlanExport, Request
from toggl_desktop.ui.plan.model import Shown

pytestmark = pytest.mark.ui
TODAY = plans.TODAY


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.small()) as made:
        yield made


@pytest.fixture
def export(desk: PlanDesk) -> PlanExport:
    window = desk.window
    return PlanExport(window.kit, window.timeline, window.talk, window)


def dialog_of(desk: PlanDesk) -> ExportDialog:
    return desk.window.findChild(ExportDialog)


def names(target: Path) -> set[str]:
    with target.open(encoding="utf-8-sig", newline="") as file:
        return {row["Task name"] for row in csv.DictReader(file)}


def test_the_menu_asks_for_kind_and_days_and_then_where_to(desk: PlanDesk, tmp_path: Path) -> None:
    desk.window.menu.export.trigger()
    settle()
    dialog = dialog_of(desk)
    low, high = desk.view.days_in_sight
    assert dialog._saying.parse(dialog.low.text()) == low
    assert dialog._saying.parse(dialog.high.text()) == high
    dialog.form.setCurrentIndex(dialog.form.findData("csv-plan"))
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    settle()
    where = desk.window.findChild(QFileDialog)
    assert where.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert where.selectedFiles()[0].endswith("/Team.csv")
    target = tmp_path / "mine.csv"
    where.fileSelected.emit(str(target))
    where.reject()
    settle()
    assert "Checkout" in names(target)
    assert desk.window.sentences.sentence == (
        "Exported to mine.csv. Not in this file: 3 milestones, 2 dependencies, 1 time off, "
        "2 tasks’ notes and 2 checklists; ICS has the milestones, JSON has everything."
    )
    assert target.stat().st_mode & 0o777 == 0o600


def test_what_is_no_day_is_said_and_nothing_is_asked_further(desk: PlanDesk) -> None:
    desk.window.menu.export.trigger()
    settle()
    dialog = dialog_of(desk)
    heard: list[Request] = []
    dialog.wanted.connect(heard.append)
    dialog.low.setText("someday")
    dialog.export.click()
    assert dialog.reason.text() == "“someday” is not a day."
    dialog.low.setText("today")
    dialog.high.setText("yesterday")
    dialog.export.click()
    assert dialog.reason.text() == "The last day is before the first."
    dialog.low.setText("")
    dialog.high.setText("27.11.2026")
    dialog.export.click()
    settle()
    assert heard == [Request("pdf", None, date(2026, 11, 27).toordinal())]
    desk.window.findChild(QFileDialog).reject()
    settle()


@pytest.mark.parametrize(
    ("form", "head"), [("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("svg", b"<?xml")]
)
def test_pictures_show_the_timeline_as_it_is(
    desk: PlanDesk, export: PlanExport, form: str, head: bytes
) -> None:
    assert export.made(Request(form, TODAY - 5, TODAY + 20)).startswith(head)


def test_a_picture_of_a_group_or_a_project_has_its_lanes_only(
    desk: PlanDesk, export: PlanExport
) -> None:
    request = Request("svg", TODAY - 5, TODAY + 20)
    desk.window.show_timeline(Shown("team", "g1"))
    said = export.made(request).decode()
    assert ">Ann Lee<" in said
    assert ">Design<" in said
    assert "Dina" not in said
    desk.window.show_timeline(Shown("project", "web"))
    said = export.made(request).decode()
    assert ">Website<" in said
    assert ">Content<" in said
    assert "Checkout" not in said
    desk.window.show_timeline(Shown("project"))
    assert ">Bakery app<" in export.made(request).decode()


def test_tables_hold_what_the_window_shows_unscheduled_ones_with_all_days(
    desk: PlanDesk, export: PlanExport, tmp_path: Path
) -> None:
    target = tmp_path / "a.csv"
    assert export.write(Request("csv-plan", None, None), target)
    assert {"Some day", "Annual accounts", "Wireframes"} <= names(target)
    desk.window.show_timeline(Shown("project", "web"))
    desk.window.show_filter(Filter(words="api"))
    assert export.write(Request("csv-plan", None, None), target), "the dialog asked before"
    assert names(target) == {"API outline"}


def test_a_calendar_has_the_milestones_too(desk: PlanDesk, export: PlanExport) -> None:
    found = Calendar.from_ical(export.made(Request("ics-plan", TODAY + 10, TODAY + 10)))
    assert {str(event["summary"]) for event in found.walk("VEVENT")} == {
        "Launch day", "Launch", "Annual accounts",
    }  # fmt: skip


def test_what_cannot_be_written_is_said_and_nothing_breaks(
    desk: PlanDesk, export: PlanExport, tmp_path: Path
) -> None:
    assert not export.write(Request("svg", TODAY, TODAY + 5), tmp_path / "none" / "a.svg")
    assert "none" in desk.window.sentences.sentence
    far = Request("png", date(1970, 1, 1).toordinal(), date(2199, 1, 1).toordinal())
    assert not export.write(far, tmp_path / "a.png")
    assert desk.window.sentences.sentence.endswith("Choose fewer days. Nothing was written.")
    assert list(tmp_path.glob("*.png")) == []


def test_json_is_all_of_it_whatever_is_shown_and_the_dialog_says_so(
    desk: PlanDesk, export: PlanExport, tmp_path: Path
) -> None:
    export.show()
    dialog = dialog_of(desk)
    dialog.form.setCurrentIndex(dialog.form.findData("csv-plan"))
    assert "no milestones" in dialog.hint.text()
    dialog.form.setCurrentIndex(dialog.form.findData("json"))
    assert not dialog.low.isEnabled()
    assert dialog.hint.text().startswith("Everything")
    heard: list[Request] = []
    dialog.wanted.disconnect()
    dialog.wanted.connect(heard.append)
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert heard == [Request("json", None, None)]
    desk.window.show_timeline(Shown("project", "web"))
    assert export.write(heard[0], tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text())
    assert "Checkout" in json.dumps(found)
    assert desk.window.sentences.sentence == "Exported to all.json."
