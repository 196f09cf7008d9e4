"""Quitting while an entry runs: asked once, remembered when told so, never in a session's way."""

import asyncio

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from toggl_desktop.app.leaving import Leaving
from toggl_desktop.store.read import entries
from toggl_desktop.ui import dialogs

pytestmark = pytest.mark.ui


class Quit(QObject):
    """Counts who asks for the end."""

    requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def request(self) -> None:
        self.asked += 1


class Tasks:
    """Runs what is spawned at once, to its end."""

    def spawn(self, _name, work) -> None:
        asyncio.run(work)


@pytest.fixture
def quitting(qapp):
    return Quit()


@pytest.fixture
def answers(monkeypatch):
    """Answers every question with the button and the tick that a test chooses."""
    given = {"button": 2, "remember": False, "asked": []}

    async def ask(box: QMessageBox) -> int:
        given["asked"].append(box.text())
        box.checkBox().setChecked(given["remember"])
        return 0

    def chosen(_box: QMessageBox, _choices: tuple[str, ...]) -> int:
        return given["button"]

    monkeypatch.setattr(dialogs, "ask", ask)
    monkeypatch.setattr(dialogs, "chosen", chosen)
    return given


@pytest.fixture
def leaving(house, quitting):
    return Leaving(house.context, quitting, Tasks(), lambda sentence: None, quitting)


def _runs(house) -> bool:
    return entries.running(house.store.source) is not None


def test_nobody_is_asked_while_nothing_runs(leaving, quitting, answers):
    leaving.request()
    assert quitting.asked == 1
    assert answers["asked"] == []


@pytest.mark.parametrize(("button", "after"), [(0, (1, True)), (1, (1, False)), (2, (0, True))])
def test_the_answer_is_done_and_asked_again_another_time(
    house, leaving, quitting, answers, button, after
):
    house.start("<b>Design</b>", "13:00")
    answers["button"] = button
    leaving.request()
    assert "&lt;b&gt;Design" in answers["asked"][0]
    assert (quitting.asked, _runs(house)) == after
    assert house.preferences.now.quit_while_running == "ask"


@pytest.mark.parametrize(("button", "wanted"), [(0, "keep"), (1, "stop")])
def test_a_choice_that_is_remembered_asks_no_more(
    house, leaving, quitting, answers, button, wanted
):
    house.start("Design", "13:00")
    answers |= {"button": button, "remember": True}
    leaving.request()
    assert house.preferences.now.quit_while_running == wanted
    house.start("Again")
    leaving.request()
    assert len(answers["asked"]) == 1
    assert quitting.asked == 2


def test_the_end_of_a_session_does_what_was_chosen_for_good(house, leaving, answers):
    house.start("Design", "13:00")
    leaving.settle()
    assert _runs(house)
    house.preferences.choose("quit_while_running", "stop")
    leaving.settle()
    assert not _runs(house)
    assert answers["asked"] == []
