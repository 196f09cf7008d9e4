"""Contrast is arithmetic: every pair that a person has to read or recognise is computed here."""

import re
from pathlib import Path

import pytest

from toggl_desktop.domain.entities import PALETTE
from toggl_desktop.domain.plan.palette import PALETTE as PLAN_COLOURS
from toggl_desktop.ui.theme import tokens as module
from toggl_desktop.ui.theme.stylesheet import style_sheet
from toggl_desktop.ui.theme.tokens import (
    DARK,
    LIGHT,
    PROJECT_COLOURS,
    RADIUS,
    SIZE,
    SPACE,
    colour_name,
    contrast,
    luminance,
    mix,
    readable,
)

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
STATES = ("running", "good", "warning", "problem", "accent")


def test_contrast_is_what_wcag_computes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@BOTH
@pytest.mark.parametrize("name", ["text", "second"])
def test_words_can_be_read_on_every_surface(tokens, name):
    assert min(contrast(getattr(tokens, name), ground) for ground in tokens.surfaces) >= 4.5


@BOTH
def test_words_on_the_accent_can_be_read(tokens):
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


@BOTH
@pytest.mark.parametrize("name", [*STATES, "outline"])
def test_shapes_that_mean_something_can_be_seen_on_every_surface(tokens, name):
    assert min(contrast(getattr(tokens, name), ground) for ground in tokens.surfaces) >= 3.0


@BOTH
@pytest.mark.parametrize("name", STATES)
def test_a_state_said_in_words_can_be_read_on_every_surface(tokens, name):
    word = tokens.word(getattr(tokens, name))
    assert min(contrast(word, ground) for ground in tokens.surfaces) >= 4.5


@BOTH
def test_what_is_chosen_in_a_list_can_be_read(tokens):
    assert contrast(tokens.text, tokens.tint(tokens.accent, 0.18)) >= 4.5


@BOTH
@pytest.mark.parametrize("colour", PROJECT_COLOURS)
def test_a_project_colour_is_bent_until_it_can_be_read_and_seen(tokens, colour):
    for ground in tokens.surfaces:
        assert contrast(tokens.word(colour), ground) >= 4.5
        assert contrast(tokens.shape(colour), ground) >= 3.0


@BOTH
def test_any_colour_is_bent_until_it_can_be_read_and_seen(tokens):
    steps = range(0, 256, 51)
    grid = [
        f"#{red:02x}{green:02x}{blue:02x}" for red in steps for green in steps for blue in steps
    ]
    for colour in (*grid, *PALETTE, *PLAN_COLOURS.values(), "#ddffee", "#000044"):
        for ground in tokens.surfaces:
            assert contrast(tokens.shape(colour), ground) >= 3.0, colour
            assert contrast(tokens.word(colour), ground) >= 4.5, colour


@pytest.mark.parametrize("on", ["#ffffff", "#000000", "#777777", "#c7af14", "#6d4aff"])
@pytest.mark.parametrize("colour", [*PROJECT_COLOURS, "#000000", "#ffffff", "#ff0000", "#00ff00"])
@pytest.mark.parametrize("ratio", [3.0, 4.5])
def test_readable_reaches_its_ratio_on_any_ground(colour, on, ratio):
    assert contrast(readable(colour, on, ratio), on) >= ratio


def test_readable_leaves_alone_what_is_enough_and_stops_at_what_is_barely_enough():
    assert readable("#5E5C6B", "#ffffff") == "#5e5c6b"
    assert contrast(readable("#c7af14", "#ffffff"), "#ffffff") < 4.7


def test_readable_keeps_the_hue():
    red, green, blue = (int(readable("#0b83d9", "#ffffff")[i : i + 2], 16) for i in (1, 3, 5))
    assert red < green < blue


def test_a_ratio_out_of_reach_gives_the_best_there_is():
    assert readable("#808080", "#767676", 20.0) in {"#000000", "#ffffff"}


def test_luminance_and_mix_agree_at_the_ends():
    assert mix("#102030", "#ffffff", 0.0) == "#102030"
    assert mix("#102030", "#ffffff", 1.0) == "#ffffff"
    assert luminance("#102030") < luminance(mix("#102030", "#ffffff", 0.5))


def test_there_are_fourteen_project_colours_with_fourteen_different_words():
    assert len(PROJECT_COLOURS) == len(set(PROJECT_COLOURS.values())) == 14


def test_any_colour_has_a_word():
    assert colour_name("#D92B2B") == "Red"
    assert colour_name("#d92c2c") == "Red"
    assert colour_name("#0b84d0") == "Blue"


def test_distances_sizes_and_radii_are_the_designed_ones():
    assert [SPACE.hair, SPACE.small, SPACE.medium, SPACE.large, SPACE.wide, SPACE.huge] == [
        4, 8, 12, 16, 24, 32,
    ]  # fmt: skip
    assert [SIZE.caption, SIZE.body, SIZE.strong, SIZE.title, SIZE.clock] == [11, 13, 15, 20, 28]
    assert [SIZE.regular, SIZE.semibold, SIZE.control_height] == [400, 600, 28]
    assert [RADIUS.bar, RADIUS.control, RADIUS.card] == [4, 6, 10]


@BOTH
def test_the_style_sheet_uses_no_colour_that_the_tokens_do_not_give(tokens):
    other = LIGHT if tokens is DARK else DARK
    used = set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(tokens)))
    own = _colours(tokens)
    assert used & own
    assert not used & (_colours(other) - own - {"#ffffff"})
    assert "$" not in style_sheet(tokens)


@BOTH
def test_every_picture_the_style_sheet_names_is_there(tokens):
    root = Path(module.__file__).parents[3] / "resources"
    named = set(re.findall(r'url\("toggl:([^"]+)"\)', style_sheet(tokens)))
    assert named
    assert [name for name in sorted(named) if not (root / name).is_file()] == []


def _colours(tokens):
    return {getattr(tokens, n) for n in tokens._fields if n != "is_dark"}
