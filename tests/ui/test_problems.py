"""The problems page: every problem in words, both sides of it, and each answer goes out once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel

from tests.ui.conftest import settle
from toggl_desktop.domain.commands import DeleteEntries
from toggl_desktop.domain.syncstate import Live, Phase, Question, SyncState
from toggl_desktop.store import shelf
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import problems
from toggl_desktop.store.read.sides import sides
from toggl_desktop.store.shelf import Shelved
from toggl_desktop.sync import deciding
from toggl_desktop.ui.account import sayings
from toggl_desktop.ui.account.problems import ProblemsWindow

pytestmark = pytest.mark.ui


def hold(house, kind, lid, reason="refused", *, text="", base=None, rid=None):
    with house.store.transaction("Sync", house.clock.at) as tx:
        why = {"reason": reason, "text": text, "at": house.clock.at}
        tx.bindings.append(Binding("track", kind, lid, rid, base, hold=why))


def shelve(house, reason, lid, content, kind="time_entry"):
    with house.store.transaction("Sync", house.clock.at) as tx:
        tx.keep_even_if_empty = True
        tx.also.append(shelf.put(Shelved(house.clock.at, reason, kind, lid, 77, content)))


@pytest.fixture
def page(house):
    made = ProblemsWindow(house.context)
    yield made
    made.hide()
    made.deleteLater()


def opened(page):
    page.show()
    settle()
    return page


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def verbs(card):
    return [answer.verb for answer in card.saying.answers]


def test_nothing_to_settle_says_so(page):
    opened(page)
    assert "Nothing needs you." in words(page)
    assert page.cards == []


def unsent(house, kind, lid, *, base=None, rid=None):
    with house.store.transaction("Sync", house.clock.at) as tx:
        tx.bindings.append(Binding("track", kind, lid, rid, base))


def test_what_only_waits_to_be_sent_is_named_below_and_needs_nobody(house, page, monkeypatch):
    lid = house.entry("Stand-up", "09:00", "09:15")
    unsent(house, "time_entry", lid)
    opened(page)
    assert "Nothing needs you." in words(page)
    assert "Waiting to be sent New entry: Stand-up" in words(page)
    unsent(house, "project", house.project("Web"), base={"name": "Old"}, rid=7)
    settle()
    assert "Changed project: Web" in words(page)
    house.do(DeleteEntries((lid,)))
    unsent(house, "time_entry", lid, base={"description": "x"}, rid=8)
    settle()
    assert "Deleted entry: Stand-up" in words(page)
    monkeypatch.setattr("toggl_desktop.ui.account.unsent.MOST", 2)
    unsent(house, "tag", house.tag("ux"))
    settle()
    assert "More follow." in words(page)


def test_a_refused_entry_has_the_servers_words_and_four_ways_out(house, page):
    project = house.project("Website")
    lid = house.entry("Call", "09:00", "10:00", project=project)
    hold(house, "time_entry", lid, text="Entries can't be added or edited in this period")
    (card,) = opened(page).cards
    said = words(card)
    assert "Call" in said
    assert "Toggl refused it: Entries can't be added or edited in this period" in said
    assert "Website" in said
    assert verbs(card) == ["edit", "retry", "drop"]
    edits, decisions = QSignalSpy(page.edit_requested), QSignalSpy(page.decided)
    card.buttons[0].click()
    card.buttons[1].click()
    assert edits.at(0) == [lid]
    assert decisions.at(0)[0].verb == "retry"
    assert decisions.at(0)[0].problem.id == lid


def test_a_conflict_shows_only_what_differs_on_both_sides_by_name(house, page):
    here, there = house.project("Website"), house.project("Bakery app")
    with house.store.transaction("Sync", house.clock.at) as tx:
        tx.bindings.append(Binding("track", "project", there, 800, {}, unsent=False))
    lid = house.entry("Wireframes", "09:00", "10:00", project=here)
    row = house.row(lid)
    theirs = {"project": 800, "start": row.start, "stop": row.stop + 600}
    theirs["description"] = "Wireframes"
    shelve(house, "conflict", lid, theirs)
    (card,) = opened(page).cards
    said = words(card)
    assert "Here" in said
    assert "In Toggl" in said
    for value in ("Website", "Bakery app", "10:00", "10:10"):
        assert value in said
    assert "Description" not in said
    assert verbs(card) == ["mine", "theirs"]


def test_names_and_not_numbers_stand_on_both_sides(house):
    project = house.project("Website", client=house.client("Acme"))
    tag = house.tag("ux")
    with house.store.transaction("Sync", house.clock.at) as tx:
        tx.bindings.append(Binding("track", "tag", tag, 9, {}, unsent=False))
    lid = house.entry("x", "09:00", "10:00", project=project, tags=(tag,))
    shelve(house, "conflict", lid, {"tags": [9], "project": 12345, "billable": True})
    (problem,) = problems.problems(house.store.source)
    found = {side.field: side for side in sides(house.store.source, problem)}
    assert found["tags"].mine == found["tags"].theirs == ("ux",)
    assert not found["tags"].differs
    assert (found["project"].mine, found["project"].theirs) == ("Website", None)
    assert found["billable"].differs
    assert not found["description"].is_known


@pytest.mark.parametrize(
    ("reason", "offered"),
    [
        ("deleted elsewhere", ["mine", "drop"]),
        ("undeleted", ["theirs", "mine"]),
        ("strange", ["drop"]),
    ],
)
def test_each_kind_of_problem_has_its_answers(house, page, reason, offered):
    lid = house.entry("Stand-up", "09:00", "10:00")
    shelve(house, reason, lid, {"description": "Stand-up"})
    (card,) = opened(page).cards
    assert verbs(card) == offered
    assert card.accessibleName().startswith("Stand-up. ")
    assert all(button.text() for button in card.buttons)


@pytest.mark.parametrize("reason", ["duplicate", "planned", "refused", "rule"])
def test_every_reason_that_holds_a_row_has_a_sentence_and_verbs_that_can_be_done(house, reason):
    lid = house.entry("x", "09:00", "10:00")
    hold(house, "time_entry", lid, reason, base={"description": "y"}, rid=5)
    (problem,) = problems.problems(house.store.source)
    said = sayings.saying(problem)
    assert said.sentence
    assert {answer.verb for answer in said.answers} <= {*deciding.WORDS, sayings.EDIT}


def test_what_was_decided_goes_from_the_page_and_undo_brings_it_back(house, page):
    from toggl_desktop.actions.perform import Undo

    lid = house.entry("Call", "09:00", "10:00")
    hold(house, "time_entry", lid, text="no")
    (card,) = opened(page).cards
    deciding.decide(house.store, card.problem, "retry", house.clock.at)
    settle()
    assert page.cards == []
    house.do(Undo())
    settle()
    assert [card.problem.text for card in page.cards] == ["no"]


def test_remote_text_is_shown_as_it_is(house, page):
    lid = house.entry("<b>bold</b>", "09:00", "10:00")
    hold(house, "time_entry", lid, text="<img src='file:///etc/passwd'>")
    (card,) = opened(page).cards
    assert "<img src='file:///etc/passwd'>" in words(card)
    assert "<b>bold</b>" in words(card)


def test_a_long_list_is_shown_in_part_and_says_so(house, page, monkeypatch):
    monkeypatch.setattr("toggl_desktop.ui.account.problems.MOST", 2)
    for hour in range(8, 11):
        hold(house, "time_entry", house.entry(f"e{hour}", f"{hour:02}:00", f"{hour:02}:30"))
    opened(page)
    assert len(page.cards) == 2
    assert "1 more follow." in words(page)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SyncState(), "Nobody is signed in"),
        (SyncState(Phase.RESTING, fresh=1, remaining=11, total=30), "11 of 30 requests left"),
        (SyncState(Phase.WORKING), "Reading and sending"),
        (SyncState(Phase.OFFLINE), "cannot be reached"),
        (SyncState(Phase.QUOTA, resets_at=1_795_000_000), "New ones come at"),
        (SyncState(Phase.PAUSED), "pause"),
        (SyncState(Phase.SIGN_IN), "Sign in again"),
        (SyncState(Phase.OUTDATED), "update it"),
        (SyncState(Phase.TROUBLE, text="The answer has no end."), "no end"),
        (
            SyncState(Phase.ASKING, question=Question("time_entry", 40, 100)),
            "40 of 100 entries were deleted in Toggl",
        ),
        (
            SyncState(Phase.ASKING, question=Question("project", 3, 9, outward=True)),
            "3 of 9 projects deleted here would be deleted in Toggl too",
        ),
    ],
)
def test_how_things_stand_is_one_sentence_with_the_way_out_beside_it(page, state, said):
    opened(page)
    page.show_state(state)
    assert said in page.standing
    assert page.agree.isVisible() is (state.phase is Phase.ASKING)
    assert page.account.isVisible() is (state.phase in {Phase.OFF, Phase.SIGN_IN})
    assert page.sync.isVisible() is (state.phase not in {Phase.OFF, Phase.SIGN_IN})


def test_the_buttons_beside_it_ask_for_what_they_say(page):
    asked = [QSignalSpy(s) for s in (page.sync_requested, page.confirmed, page.account_requested)]
    for button in (page.sync, page.agree, page.account):
        button.click()
    assert [spy.count() for spy in asked] == [1, 1, 1]


def test_older_entries_are_asked_for_followed_and_stopped_with_one_button(page):
    asked, stopped = QSignalSpy(page.older_requested), QSignalSpy(page.older_stopped)
    opened(page).show_state(SyncState(Phase.RESTING, fresh=1))
    page.older.click()
    assert (asked.count(), stopped.count()) == (1, 0)
    now = page._wording.now()
    page.show_state(SyncState(Phase.WORKING, progress=350, back_to=now - 86_400 * 400))
    assert "350 so far, back to" in words(page)
    assert page.older.text() == "Stop"
    page.show_state(SyncState(Phase.RESTING, progress=350, older_at=now + 3000))
    assert "lets more come at" in words(page)
    page.older.click()
    assert (asked.count(), stopped.count()) == (1, 1)
    page.show_state(SyncState())
    assert not page.older.isVisible()


def test_whether_changes_are_told_of_at_once_is_one_quiet_line_for_who_wants_it(page):
    opened(page).show_state(SyncState(Phase.RESTING, fresh=1))
    assert "at once" not in words(page)
    page.show_state(SyncState(Phase.RESTING, fresh=1, live=Live.ON))
    assert "Toggl tells of changes at once." in words(page)
    page.show_state(SyncState(Phase.RESTING, fresh=1, live=Live.TRYING))
    assert "they are read as usual" in words(page)


def test_whoever_works_by_keys_goes_on_with_the_next_problem(house, page):
    lids = [house.entry(f"Call {n}", f"1{n}:00", f"1{n}:30") for n in range(3)]
    for lid in lids:
        hold(house, "time_entry", lid, text="No.")
    opened(page).activateWindow()
    settle()
    assert page.sync.isVisible() is False  # nobody is signed in
    page.show_state(SyncState(Phase.RESTING, fresh=1))
    page.cards[1].buttons[1].setFocus()
    deciding.decide(house.store, page.cards[1].problem, "drop", house.clock.at)
    page.read()
    assert len(page.cards) == 2
    assert page.cards[1].buttons[0].hasFocus()
    for _ in range(2):
        deciding.decide(house.store, page.cards[0].problem, "drop", house.clock.at)
        page.read()
    assert page.sync.hasFocus()


def test_a_long_read_says_how_far_it_is_and_has_a_way_out(page):
    opened(page).show_state(SyncState(Phase.WORKING))
    assert "come first" in words(page)  # nothing was read yet
    page.show_state(SyncState(Phase.WORKING, reading=4000))
    assert "Reading the last three months: 4000 entries so far." in words(page)
    assert page.older.text() == "Stop"
    stopped, older = QSignalSpy(page.reading_stopped), QSignalSpy(page.older_stopped)
    page.older.click()
    assert (stopped.count(), older.count()) == (1, 0)
    page.show_state(SyncState(Phase.RESTING, fresh=1))
    assert page.older.text() == "Bring older entries"


def test_the_keyboard_goes_to_sync_now_when_somebody_signs_in_meanwhile(page):
    opened(page).activateWindow()
    settle()
    assert page.account.hasFocus()
    page.show_state(SyncState(Phase.RESTING, fresh=1))
    assert page.sync.hasFocus()


def test_no_name_makes_the_page_wider_than_its_window(house, page):
    long = "https://example.com/" + "without-a-space" * 12
    project = house.project("مشروع المخبز الكبير bakery")
    lid = house.entry(long, "09:00", "10:00", project=project)
    hold(house, "time_entry", lid, text="x" * 3000)
    row = house.row(house.entry("Call", "11:00", "12:00", project=project))
    theirs = {"description": long, "start": row.start, "stop": row.stop + 60}
    shelve(house, "conflict", row.lid, theirs)
    unsent(house, "time_entry", house.entry(long, "13:00", "14:00"))
    page.resize(400, 600)
    cards = opened(page).cards
    assert len(cards) == 2
    for card in cards:
        assert card.width() < 400
        for button in card.buttons:
            assert card.rect().contains(button.geometry())
    assert len(cards[0].accessibleName()) < 600


def test_a_card_says_what_it_is_about(house, page):
    hold(house, "project", house.project("Website"), "server", text="503")
    hold(house, "time_entry", house.entry("", "09:00", "10:00"), "rule", text="No project.")
    said = [words(card) for card in opened(page).cards]
    assert any("Project Website" in one for one in said)
    assert any("No description" in one for one in said)


def test_the_brief_line_begins_as_the_window_does_whatever_the_first_names_script(house, page):
    lid = house.entry("Call", "09:00", "10:00", project=house.project("مخبز"))
    hold(house, "time_entry", lid, text="No.")
    (card,) = opened(page).cards
    (brief,) = (one.text() for one in card.findChildren(QLabel) if "مخبز" in one.text())
    assert brief.startswith("\u200e")


def decided(house, page, decision):
    """What the program does with a decision."""
    changes = deciding.decide(house.store, decision.problem, decision.verb, house.clock.at)
    page.show_done(changes)
    page.read()
    settle()


def test_each_decision_is_taken_back_and_done_again_by_keys_on_the_page_itself(house, page):
    lid = house.entry("Wireframes", "09:00", "10:00")
    row = house.row(lid)
    theirs = {"description": "Sketches", "start": row.start, "stop": row.stop}
    shelve(house, "conflict", lid, theirs)
    other = house.entry("Call", "11:00", "12:00")
    hold(house, "time_entry", other, text="No.")
    opened(page)
    decisions = QSignalSpy(page.decided)

    def titles():
        return [card.problem.title for card in page.cards]

    for title, verb, said in (
        ("Wireframes", "theirs", "Took Toggl's: Wireframes"),
        ("Wireframes", "mine", "Kept yours: Wireframes"),
        ("Call", "retry", "Trying again: Call"),
        ("Call", "drop", "Dropped: Call"),
    ):
        card = next(card for card in page.cards if card.problem.title == title)
        button = card.buttons[verbs(card).index(verb)]
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        decided(house, page, decisions.at(decisions.count() - 1)[0])
        assert page.turning.toast.sentence == said
        assert title not in titles()
        assert page.focusWidget().isVisible()
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert page.turning.toast.sentence.startswith("Undone: ")
        assert sorted(titles()) == ["Call", "Wireframes"]
        assert house.row(lid).description == "Wireframes"
    page.turning.toast._action.click()  # the other way once more
    settle()
    assert titles() == ["Wireframes"]
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert titles() == ["Wireframes"]


def test_a_way_back_that_is_not_there_is_said_on_the_page(page):
    opened(page)
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "undo" in words(page).lower()


def test_the_keyboard_stays_with_a_problem_when_others_come_and_go(house, page):
    mine = house.entry("Mine", "09:00", "10:00")
    hold(house, "time_entry", mine, "server", text="503")
    (card,) = opened(page).cards
    card.buttons[1].setFocus()
    first = house.entry("First", "07:00", "08:00")
    hold(house, "client", house.client("Acme"), text="No.")
    hold(house, "time_entry", first, text="No.")
    settle()
    assert len(page.cards) == 3
    assert card in page.cards
    assert card.buttons[1].hasFocus()
    order = [button for one in page.cards for button in one.buttons]
    reached, at = [], page.older
    for _ in range(40):
        at = at.nextInFocusChain()
        if at in order and at not in reached:
            reached.append(at)
    assert reached == order
    hold(house, "time_entry", mine, "server", text="504")  # it says something else now
    settle()
    assert card not in page.cards
    (same,) = (one for one in page.cards if one.problem.id == mine)
    assert same.has_keyboard
