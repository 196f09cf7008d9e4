"""Import into the plan window: what a file would bring is said before it comes, in one step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import tables, write

pytestmark = pytest.mark.ui
FILES = Path(__file__).parents[1] / "exchange" / "files"
VIEW = FILES / "plan_view.csv"


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, None) as made:
        yield made


def tasks(desk: PlanDesk) -> int:
    return len(tables.load(desk.house.store.source, PlanTask, "WHERE deleted = 0"))


def box_of(desk: PlanDesk) -> QMessageBox:
    settle()
    found = [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]
    assert len(found) == 1
    return found[0]


def press(desk: PlanDesk, words: str) -> None:
    box = box_of(desk)
    next(button for button in box.buttons() if button.text() == words).click()
    settle()


def test_a_file_comes_in_after_its_contents_were_told(desk: PlanDesk) -> None:
    desk.window.menu.import_.trigger()
    settle()
    dialog = desk.window.findChild(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptOpen
    dialog.fileSelected.emit(str(VIEW))
    dialog.reject()
    said = box_of(desk).text()
    for words in ("8 tasks, 28 Sep", "13 Nov 2026", "New projects: Acme, Internal", "Ava Peeters"):
        assert words in said
    assert tasks(desk) == 0
    press(desk, "Import")
    assert tasks(desk) == 8
    assert not desk.window.welcome.isVisible()
    desk.house.do(Undo())
    assert tasks(desk) == 0


def test_no_is_no(desk: PlanDesk) -> None:
    desk.window.filing.intake.take(VIEW)
    press(desk, "Cancel")
    assert tasks(desk) == 0


def test_bad_lines_are_told_and_left_out_only_when_that_is_wanted(
    desk: PlanDesk, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(VIEW.read_text(encoding="utf-8") + "x,,,,,,,never,,,,,\n", encoding="utf-8")
    desk.window.filing.intake.take(path)
    assert "Line 10: the start date “never” is no date" in box_of(desk).text()
    press(desk, "Leave them out and import")
    assert tasks(desk) == 8


def test_dates_that_can_be_read_two_ways_are_asked_about(desk: PlanDesk, tmp_path: Path) -> None:
    path = tmp_path / "us.csv"
    header = VIEW.read_text(encoding="utf-8").split("\n", 1)[0]
    path.write_text(f"{header}\nx,,,,,,,03/04/2026,03/04/2026,,,,\n", encoding="utf-8")
    desk.window.filing.intake.take(path)
    assert "03/04/2026" in box_of(desk).text()
    press(desk, "Month first")
    assert "4 Mar 2026" in box_of(desk).text()
    press(desk, "Import")
    assert tasks(desk) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("toggl_newer.csv", "no table of Toggl Plan"),
        ("hamster.db", "no table of Toggl Plan"),
        ("none.csv", "cannot be read"),
    ],
)
def test_other_files_are_refused_in_one_sentence(desk: PlanDesk, name: str, said: str) -> None:
    desk.window.filing.intake.take(FILES / name)
    settle()
    assert said in desk.window.sentences.sentence
    assert "Nothing was imported" in desk.window.sentences.sentence
    assert tasks(desk) == 0


def test_a_file_that_was_taken_already_brings_nothing(desk: PlanDesk) -> None:
    for _ in range(2):
        desk.window.filing.intake.take(VIEW)
        press(desk, "Import")
    assert tasks(desk) == 8
    assert "everything is here already" in desk.window.sentences.sentence


def test_a_step_of_too_many_tasks_to_be_named_is_shown(
    desk: PlanDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "BULK", 3)
    desk.window.filing.intake.take(VIEW)
    press(desk, "Import")
    assert len(desk.window.timeline.model.bars) == 8
    desk.house.do(Undo())  # by the bridge this time
    settle()
    assert not desk.window.timeline.model.bars
