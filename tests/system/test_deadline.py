"""Calls that may never come back."""

import threading

from toggl_desktop.system.deadline import Outcome, within


def test_a_value_is_handed_over():
    assert within(5, lambda: 42) == Outcome(value=42)


def test_an_error_is_handed_over_and_not_raised():
    def fail() -> None:
        raise LookupError("no")

    outcome = within(5, fail)
    assert isinstance(outcome.error, LookupError)
    assert not outcome.is_late


def test_work_that_hangs_is_left_behind_in_a_thread_that_holds_up_nothing():
    release = threading.Event()
    outcome = within(0.01, release.wait)
    left = [t for t in threading.enumerate() if t.name == "toggl-bounded"]
    release.set()
    assert outcome == Outcome(is_late=True)
    assert left
    assert all(thread.daemon for thread in left)
