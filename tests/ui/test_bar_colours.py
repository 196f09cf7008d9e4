"""Bars are coloured by the rules of Toggl Plan's own timeline."""

import pytest

from toggl_desktop.ui.theme.barcolours import FALLBACK, bar_colours, darker
from toggl_desktop.ui.theme.tokens import DARK, LIGHT, contrast, mix


@pytest.mark.parametrize(
    ("fill", "edge", "text"),
    [
        ("#311b92", "#140b3c", "#ffffff"),
        ("#673ab7", "#3b216a", "#ffffff"),
        ("#d1c4e9", "#977acd", "#000000"),
        ("#ff9800", "#995b00", "#ffffff"),
        ("#f44336", "#ba160a", "#ffffff"),
    ],
)
def test_the_edge_is_a_fifth_darker_and_words_are_black_on_light(fill, edge, text) -> None:
    found = bar_colours(fill, LIGHT)
    assert (found.fill, found.text) == (fill, text)
    steps = zip(bytes.fromhex(found.edge[1:]), bytes.fromhex(edge[1:]), strict=True)
    assert all(abs(one - other) <= 1 for one, other in steps), found.edge


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_done_is_the_surface_with_a_soft_edge(tokens) -> None:
    found = bar_colours("#0b83d9", tokens, is_done=True)
    assert found.fill == tokens.surface
    assert found.edge == mix(tokens.surface, "#0b83d9", 0.6)
    assert contrast(found.text, found.fill) >= 4.5


@pytest.mark.parametrize("fill", ["#b39ddb", "#ff9800", "#c7af14", "#311b92", "#96fc2c"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_with_high_contrast_words_and_edges_can_be_seen(fill, tokens) -> None:
    found = bar_colours(fill, tokens, has_contrast=True)
    assert contrast(found.text, found.fill) >= 4.5
    assert contrast(found.edge, tokens.surface) >= 3


@pytest.mark.parametrize("nonsense", ["", "red", "#12", "#gggggg", "url(x)"])
def test_what_is_no_colour_is_painted_all_the_same(nonsense) -> None:
    assert bar_colours(nonsense, LIGHT).fill == FALLBACK


def test_black_stays_black() -> None:
    assert darker("#000000") == "#000000"
