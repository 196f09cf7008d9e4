"""The quota's one owner: windows that slide, reserves, what the server says, and restarts."""

import pytest

from tests.support.builders import make_store
from toggl_desktop.store import progress
from toggl_desktop.store.progress import Bucket
from toggl_desktop.store.read.sync import freshness
from toggl_desktop.sync.backoff import Backoff
from toggl_desktop.sync.cycle import Moment
from toggl_desktop.sync.ledger import HOST, ME, Ledger, Priority, organization
from toggl_desktop.sync.line import Line

WALL = 1_790_000_000


def at(seconds, boot="b"):
    return Moment(10_000.0 + seconds, boot)


def ledger(*buckets):
    return Ledger(buckets, at(0), WALL)


def spend(one, count, scope=ME, first=0):
    for number in range(count):
        one.sending(scope, at(first + number), WALL)


def test_thirty_an_hour_slide():
    one = ledger()
    spend(one, 30)
    assert one.left(ME, at(30), WALL) == 0
    assert one.wait(ME, Priority.TIMER, at(30), WALL) == pytest.approx(3570)
    assert one.left(ME, at(3601), WALL) == 2
    assert one.wait(ME, Priority.TIMER, at(3601), WALL) == 0


def test_what_never_got_out_of_this_computer_counts_nowhere():
    one = ledger()
    one.heard(ME, 20, 600, at(0), WALL)
    one.sending(ME, at(1), WALL)
    assert one.left(ME, at(1), WALL) == 19
    assert one.stayed(ME, at(2), WALL).sends == ()
    assert one.left(ME, at(2), WALL) == 20


@pytest.mark.parametrize(
    ("priority", "most"),
    [(Priority.TIMER, 30), (Priority.TODAY, 27), (Priority.BACKLOG, 24), (Priority.ENTRIES, 24)],
)
def test_what_matters_more_may_go_further(priority, most):
    one, sent = ledger(), 0
    while one.wait(ME, priority, at(sent), WALL) == 0:
        one.sending(ME, at(sent), WALL)
        sent += 1
    assert sent == most


def test_the_server_knows_better_and_its_word_ends():
    one = ledger()
    one.heard(ME, 2, 600, at(0), WALL)
    assert one.left(ME, at(1), WALL) == 2
    one.sending(ME, at(1), WALL)
    assert one.left(ME, at(2), WALL) == 1
    assert one.left(ME, at(601), WALL) == 29


def test_a_paid_plan_is_learned_from_what_is_left():
    one = ledger()
    assert one.heard("organization 1", 231, 3600, at(0), WALL).total == 240
    assert one.left("organization 1", at(1), WALL) == 231


def test_a_parked_bucket_leaves_the_others_alone_and_a_parked_host_none():
    one = ledger()
    one.park(ME, 300, at(0), WALL)
    assert one.wait(ME, Priority.TIMER, at(1), WALL) == pytest.approx(299)
    assert one.wait("organization 1", Priority.BACKLOG, at(1), WALL) == 0
    one.park(HOST, 60, at(1), WALL)
    assert one.wait("organization 1", Priority.TIMER, at(2), WALL) == pytest.approx(59)
    assert one.wait("organization 1", Priority.TIMER, at(62), WALL) == 0


def test_one_request_a_second():
    one = ledger()
    one.sending(ME, at(0), WALL)
    assert one.pace(at(0.25)) == pytest.approx(0.75)
    assert one.pace(at(2)) == 0


def test_the_count_survives_a_restart_of_the_machine_and_a_clock_put_back():
    sends = tuple(10_000.0 + n for n in range(30))
    old = Bucket(ME, "b", 10_030.0, WALL + 30, sends)
    later = Ledger([old], Moment(5.0, "c"), WALL + 90)
    assert later.left(ME, Moment(5.0, "c"), WALL + 90) == 0
    put_back = Ledger([old], Moment(5.0, "c"), WALL - 86_400)
    assert put_back.left(ME, Moment(5.0, "c"), WALL - 86_400) == 0
    long_after = Ledger([old], Moment(5.0, "c"), WALL + 7200)
    assert long_after.left(ME, Moment(5.0, "c"), WALL + 7200) == 30


def test_a_ban_outlasts_a_clock_put_forward_after_a_restart_of_the_machine(tmp_path):
    class Machine:
        wall_clock = WALL + 10

        def now(self):
            return Moment(5.0, "c")

        def wall(self):
            return self.wall_clock

    with make_store(tmp_path) as store:
        with store.locked() as writer:
            progress.put_bucket(writer, Bucket(HOST, "b", 10_000.0, WALL, (), parked=10_060.0))
        machine = Machine()
        line = Line(store, machine, lambda: 0.5)
        machine.wall_clock += 3600
        line.load()
        assert line.wait(ME, Priority.TIMER) == pytest.approx(50)


def test_a_workspace_counts_to_its_organization():
    assert organization(6001, 7001) == "organization 6001"
    assert organization(None, 7001) == "workspace 7001"


def test_waiting_grows_at_random_and_one_success_ends_it():
    backoff = Backoff(lambda: 1.0)
    assert [backoff.failed() for _ in range(4)] == [2, 4, 8, 16]
    for _ in range(20):
        backoff.failed()
    assert backoff.failed() == 900
    assert backoff.network_is_back() == 10
    backoff.succeeded()
    assert backoff.failed() == 2
    assert [backoff.told_to_slow_down(None) for _ in range(3)] == [60, 120, 240]
    assert backoff.told_to_slow_down(4000) >= 4000


def test_a_plan_that_ended_does_not_hold_back_what_is_left_of_the_smaller_one():
    one = ledger()
    one.heard("organization 1", 599, 3600, at(0), WALL)
    one.sending("organization 1", at(7200), WALL)
    assert one.heard("organization 1", 29, 3600, at(7200), WALL).total == 30
    assert one.wait("organization 1", Priority.BACKLOG, at(7201), WALL) == 0


def test_others_who_use_a_plan_up_do_not_make_it_smaller_than_what_is_left():
    one = ledger()
    spend(one, 100, "organization 1")
    seen = one.heard("organization 1", 310, 3600, at(100), WALL)
    assert seen.total == 600
    assert one.left("organization 1", at(101), WALL) == 310


@pytest.mark.parametrize("remaining", [-5, 999_999_999])
@pytest.mark.parametrize("resets", [-5, 946_080_000])
def test_a_header_without_sense_stops_nothing_for_long(remaining, resets):
    one = ledger()
    one.heard(ME, remaining, resets, at(0), WALL)
    assert one.wait(ME, Priority.ENTRIES, at(3601), WALL) == 0
    one.heard(ME, 29, 3600, at(3602), WALL)
    assert one.wait(ME, Priority.ENTRIES, at(3603), WALL) == 0
    one.park(ME, resets, at(3603), WALL)
    assert one.wait(ME, Priority.TIMER, at(3603 + 7201), WALL) == 0


@pytest.mark.parametrize(
    "damage",
    [
        "sends = '[\"x\", null]'", "sends = '{'", "parked = 1e18", "resets = 1e12", "total = -5",
        "remaining = -1",
    ],
)  # fmt: skip
def test_a_limit_that_makes_no_sense_in_the_file_is_begun_anew(tmp_path, damage):
    with make_store(tmp_path) as store:
        with store.locked() as writer:
            progress.put_bucket(writer, Bucket(ME, "b", 10_000.0, WALL, (1.0,), parked=10_500.0))
            writer.execute(f"UPDATE quota SET {damage}")
        one = Ledger(progress.buckets(store.source), at(0), WALL)
        assert one.left(ME, at(7300), WALL) == 30
        assert one.wait(ME, Priority.ENTRIES, at(7300), WALL) == 0


def test_a_terminal_knows_when_there_are_more_requests_again(tmp_path):
    with make_store(tmp_path) as store:

        def resets(sends, **fields):
            with store.locked() as writer:
                progress.put_bucket(writer, Bucket(ME, "b", 10_000.0, WALL, sends, **fields))
            return freshness(store.source, WALL + 10).resets_at

        assert resets(()) is None
        assert resets((9_000.0, 9_900.0)) == WALL + 2600  # an hour after the first
        assert resets((9_000.0,), remaining=7, resets=11_500.0) == WALL + 1500
        assert resets((9_000.0,), remaining=0, resets=9_999.0) == WALL + 2600  # void
        assert resets((9_000.0,), parked=10_060.0) == WALL + 60


def test_pages_of_years_ago_leave_room_for_what_a_person_edits():
    one = ledger()
    spend(one, 18)
    assert one.wait(ME, Priority.OLDER, at(20), WALL) > 0
    assert one.wait(ME, Priority.BACKLOG, at(20), WALL) == 0
