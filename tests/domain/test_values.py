"""Small values: ids, names as they are compared, words for durations, change sets, settings."""

import re
import uuid
from dataclasses import fields
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import entry, favourite
from toggl_desktop.domain import words
from toggl_desktop.domain.changes import ChangeSet, Origin, merged
from toggl_desktop.domain.commands import UNSET, EditEntries
from toggl_desktop.domain.entities import KINDS, PALETTE
from toggl_desktop.domain.errors import (
    KnownError,
    Overlap,
    OverlapError,
    StoreDamagedError,
    StoreError,
)
from toggl_desktop.domain.folding import fold, same_name
from toggl_desktop.domain.ids import Ascending, uuid7
from toggl_desktop.domain.settings import ABOUT, CHOICE_WORDS, WEEKDAYS, WEEKENDS, Settings, sane

milliseconds = st.integers(0, 2**48 - 1)
ten_bytes = st.binary(min_size=10, max_size=10)


@given(milliseconds, ten_bytes)
def test_an_id_is_a_uuid_of_version_7(when, random):
    made = uuid.UUID(uuid7(when, random))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == when


@given(milliseconds, milliseconds, ten_bytes, ten_bytes)
def test_ids_sort_by_their_age(one, other, random, more):
    if one < other:
        assert uuid7(one, random) < uuid7(other, more)


@given(milliseconds, ten_bytes, ten_bytes)
def test_ids_of_one_moment_differ_when_their_random_parts_do(when, random, more):
    free = bytes([15, 255, 63, *[255] * 7])
    same = bytes(a & f for a, f in zip(random, free, strict=True)) == bytes(
        a & f for a, f in zip(more, free, strict=True)
    )
    assert (uuid7(when, random) == uuid7(when, more)) is same


@given(st.lists(milliseconds, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_ids_made_one_after_the_other_ascend_whatever_the_clock_says(moments, random):
    make = Ascending(random.randbytes)
    made = [make(moment) for moment in moments]
    assert made == sorted(set(made))
    assert {(uuid.UUID(one).version, uuid.UUID(one).variant) for one in made} == {
        (7, uuid.RFC_4122)
    }
    latest = [max(moments[: n + 1]) for n in range(len(moments))]
    assert [uuid.UUID(one).int >> 80 for one in made] == latest


def test_ids_of_two_programs_in_one_moment_differ():
    here, there = Ascending(b"\1".__mul__), Ascending(b"\2".__mul__)
    assert {here(1) for _ in range(500)}.isdisjoint({there(1) for _ in range(500)})


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ünïcode", "unicode"),
        ("ÅNGSTRÖM", "angstrom"),
        ("Straße", "strasse"),
        ("Łódź Øre Đæ œuvre", "lodz ore dae oeuvre"),
        ("İstanbul ıI", "istanbul ii"),
        ("ﬁn ㎒ Ⅷ", "fin mhz viii"),
        ("plain TEXT", "plain text"),
        ("日本語", "日本語"),
        ("", ""),
    ],
)
def test_text_is_searched_without_case_and_accents(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_the_quick_way_for_plain_text_gives_the_same(text):
    assert fold(text) == fold(text + "é")[:-1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme", "ACME", True),
        ("Größe", "GRÖSSE", True),
        ("Re\u0301sume\u0301", "Résumé", True),
        ("Müller", "Muller", False),
        ("Acme", "Acme ", False),
    ],
)
def test_names_are_one_when_the_servers_take_them_for_one(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    ("seconds", "clock", "short"),
    [
        (0, "0:00:00", "0:00"),
        (59, "0:00:59", "0:00"),
        (3599, "0:59:59", "0:59"),
        (3600, "1:00:00", "1:00"),
        (360_000, "100:00:00", "100:00"),
        (-5, "0:00:00", "0:00"),
    ],
)
def test_a_duration_is_cut_not_rounded(seconds, clock, short):
    assert (words.clock(seconds), words.short(seconds)) == (clock, short)


@pytest.mark.parametrize(
    ("at", "plain", "twelve"),
    [
        (1_790_000_000, "16:13", "4:13 PM"),
        (1_789_941_900, "0:05", "12:05 AM"),
        (1_789_985_100, "12:05", "12:05 PM"),
    ],
)
def test_a_time_of_day_is_local_and_in_either_style(at, plain, twelve):
    zone = ZoneInfo("Europe/Berlin")
    assert words.time_of_day(at, zone) == plain
    assert words.time_of_day(at, zone, twelve_hours=True) == twelve


def test_an_entry_lasts_until_its_stop_or_until_now_and_never_less_than_nothing():
    assert entry("e", 100, 160).seconds(9999) == 60
    assert entry("e", 100).seconds(160) == 60
    assert entry("e", 100).seconds(40) == 0
    assert (entry("e", 1).is_running, entry("e", 1, 2).is_running) == (True, False)


def test_every_entity_has_an_id_a_kind_and_a_deleted_mark():
    for kind, cls in KINDS.items():
        assert cls.kind == kind
        assert {"lid", "deleted"} <= {f.name for f in fields(cls)}
    assert favourite("f").tags == ()


def test_the_palette_has_the_colours_of_a_free_plan_each_once():
    assert len(set(PALETTE)) == len(PALETTE) == 14
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in PALETTE)


def test_a_command_says_what_to_leave_alone():
    assert EditEntries(("e",)).project is UNSET
    assert EditEntries(("e",), project=None).project is None


def test_known_errors_are_told_in_their_own_words():
    overlap = Overlap("e", "x", 1, 2, swallowed=True)
    assert OverlapError("No.", (overlap,)).overlaps == (overlap,)
    assert OverlapError("No.", ()).sentence == "No."
    damaged = StoreDamagedError("Broken.", "copy")
    assert (damaged.backup, isinstance(damaged, StoreError)) == ("copy", True)
    assert isinstance(damaged, KnownError)


# Change sets ------------------------------------------------------------------------------


def changes(seq, low=None, high=None, **touched):
    ids = {kind: frozenset(lids) for kind, lids in touched.items()}
    return ChangeSet(seq, ids, low, high, step=f"step {seq}")


def test_a_set_is_true_when_it_touched_something():
    assert not ChangeSet()
    assert not ChangeSet(seq=4)
    assert changes(1, tag="t")
    assert changes(1, tag=["t"]).ids("tag") == {"t"}
    assert changes(1, tag=["t"]).ids("project") == frozenset()


def test_merged_sets_name_everything_once_and_the_last_step():
    found = merged(
        [
            changes(3, 50, 60, time_entry=["b"], tag=["t"]),
            changes(2, 10, 20, time_entry=["a"]),
        ]
    )
    assert found.touched == {"time_entry": {"a", "b"}, "tag": {"t"}}
    assert (found.seq, found.step, found.low, found.high) == (3, "step 3", 10, 60)


def test_merged_sets_stay_open_when_one_of_them_is():
    found = merged([changes(1, 10, 20, time_entry=["a"]), changes(2, 15, None, time_entry=["b"])])
    assert (found.low, found.high) == (10, None)


def test_merged_sets_without_entries_have_no_range():
    found = merged([changes(1, tag=["t"]), ChangeSet(seq=2, origin=Origin.TRACK, notice="n")])
    assert (found.low, found.high, found.origin, found.notice) == (None, None, Origin.TRACK, "n")
    assert merged([]) == ChangeSet()


# Settings ---------------------------------------------------------------------------------


def test_every_setting_has_words_and_a_default_that_can_be_chosen():
    defaults = Settings()
    assert set(ABOUT) == set(Settings._fields)
    for name, about in ABOUT.items():
        assert about.label
        assert not about.choices or getattr(defaults, name) in about.choices
    assert set(WEEKDAYS) == set(ABOUT["first_weekday"].choices) - {"locale"}
    assert set(WEEKENDS) == set(ABOUT["weekend"].choices) - {"locale"}
    assert set(WEEKENDS) <= set(CHOICE_WORDS)


def test_values_that_are_wrong_or_unknown_keep_their_default():
    found = sane(
        {
            "theme": "dark",
            "first_weekday": "friday",
            "close_to_tray": 0,
            "daily_backup": False,
            "time_format": ["24"],
            "unknown": "x",
        }
    )
    assert found == Settings(theme="dark", daily_backup=False)
