"""The funnel: each bug once, with its place, without a word of the person; states as sentences."""

import logging

from toggl_desktop.app.failures import Failures
from toggl_desktop.domain.errors import RefusedError


def _raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_bug_is_told_once_with_its_place_but_without_its_text(caplog):
    failures, told = Failures(), []
    failures.listener = lambda sentence, details: told.append((sentence, details))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            failures.report("slot", _raised(ValueError("my secret diary")))
    assert len(told) == 1
    sentence, details = told[0]
    assert "safe" in sentence
    assert "test_failures.py" in details
    assert "ValueError" in details
    assert "diary" not in sentence + details + caplog.text
    assert caplog.text.count("bug") == 1


def test_a_known_failure_is_a_sentence_every_time():
    failures, told = Failures(), []
    failures.listener = lambda sentence, details: told.append((sentence, details))
    for _ in range(2):
        failures.report("care", _raised(RefusedError("The disk is full.")))
    assert told == [("The disk is full.", "")] * 2


def test_what_the_loop_could_not_deliver_is_reported():
    failures, told = Failures(), []
    failures.listener = lambda sentence, details: told.append(details)
    failures.on_loop_exception(None, {"message": "x", "exception": _raised(KeyError("y"))})
    assert len(told) == 1
    assert told[0].startswith("loop: KeyError")
