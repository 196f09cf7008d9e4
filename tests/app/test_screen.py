"""Where there is no screen the program says so and lives; a deadly pair of versions is refused."""

import sys

import PySide6

from toggl_desktop.app import screen


def test_without_a_screen_the_platform_is_offscreen_and_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    environment = {}
    assert "no screen" in screen.choose(environment)
    assert environment["QT_QPA_PLATFORM"] == "offscreen"


def test_a_screen_or_a_wish_is_respected(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for given in ({"DISPLAY": ":1"}, {"WAYLAND_DISPLAY": "w"}, {"QT_QPA_PLATFORM": "minimal"}):
        environment = dict(given)
        assert screen.choose(environment) is None
        assert environment == given


def test_the_pair_that_kills_the_process_is_refused(monkeypatch):
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    assert "6.11.3" in screen.refuse_bad_pair()
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    assert screen.refuse_bad_pair() is None
