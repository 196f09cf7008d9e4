"""The tray icon says its state by shape: proved on the alpha of the smallest size."""

from itertools import combinations

import pytest
from PySide6.QtCore import QSize

from toggl_desktop.ui.theme.tokens import contrast
from toggl_desktop.ui.theme.trayicon import SIZES, STATES, tray_icon, tray_image

pytestmark = pytest.mark.ui

JOINED = [f"{base}+{badge}" for base in ("running", "paused") for badge in STATES[3:]]
PANELS = pytest.mark.parametrize("dark", [False, True, None], ids=["light", "dark", "unknown"])


def _alpha(image):
    return [
        image.pixelColor(x, y).alpha() for y in range(image.height()) for x in range(image.width())
    ]


def _difference(one, other):
    """How much of the lighter shape's ink lies where the other has none, and the reverse."""
    changed = sum(abs(a - b) for a, b in zip(one, other, strict=True))
    return changed / min(sum(one), sum(other))


@PANELS
@pytest.mark.parametrize(("one", "other"), list(combinations(STATES, 2)), ids="-".join)
def test_two_states_differ_in_shape_by_a_wide_margin_at_16_pixels(qapp, dark, one, other):
    shapes = [_alpha(tray_image(state, 16, dark_panel=dark)) for state in (one, other)]
    assert _difference(*shapes) > (0.25 if dark is None else 0.4)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [16, 22, 24])
def test_what_runs_and_what_warns_can_be_told_apart_when_joined(qapp, dark, size):
    shapes = {s: _alpha(tray_image(s, size, dark_panel=dark)) for s in (*STATES, *JOINED)}
    near = min(_difference(shapes[a], shapes[b]) for a, b in combinations(shapes, 2))
    assert near > 0.25


@pytest.mark.parametrize("state", [*STATES, *JOINED])
@PANELS
def test_an_icon_holds_every_size_a_panel_may_ask_for(qapp, dark, state):
    made = tray_icon(state, dark_panel=dark)
    assert [size.width() for size in sorted(made.availableSizes(), key=QSize.width)] == list(SIZES)
    for size in SIZES:
        assert made.pixmap(size).size() == QSize(size, size)
        assert sum(_alpha(made.pixmap(size).toImage())) > 255 * size * size * 0.1


@pytest.mark.parametrize(
    ("dark", "panels"),
    [
        (False, ["#ffffff", "#f2f2f5", "#dddddd"]),
        (True, ["#000000", "#151519", "#2d2d33"]),
        (None, ["#ffffff", "#000000", "#151519", "#f2f2f5"]),
    ],
)
@pytest.mark.parametrize("state", [*STATES, *JOINED])
def test_the_shape_stands_out_on_its_panels(qapp, state, dark, panels):
    image = tray_image(state, 48, dark_panel=dark)
    solid = [
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    ]
    main = max(set(solid), key=solid.count)
    assert min(contrast(main, panel) for panel in panels) >= 3.0


def test_the_dot_of_a_project_is_seen_and_leaves_the_state_readable(qapp):
    for dark in (False, True, None):
        plain = tray_image("running", 16, dark_panel=dark)
        dotted = tray_image("running", 16, dot="#2da608", dark_panel=dark)
        seen = dotted.pixelColor(2, 13)
        assert seen.green() > seen.red()
        assert seen.green() > seen.blue()
        assert _difference(_alpha(plain), _alpha(dotted)) < 0.3


def test_a_dot_is_bent_until_the_panel_shows_it(qapp):
    seen = tray_image("running", 64, dot="#111111", dark_panel=True).pixelColor(9, 54).name()
    assert contrast(seen, "#151519") >= 3.0


def test_icons_are_made_once_and_shared(qapp):
    first = tray_icon("running", "#2da608", True)
    second = tray_icon("running", "#2da608", True)
    assert first.pixmap(22).cacheKey() == second.pixmap(22).cacheKey()
    assert first.pixmap(22).cacheKey() != tray_icon("running", None, True).pixmap(22).cacheKey()


@pytest.mark.parametrize("state", ["", "dancing", "running+", "running+paused", "unsent+offline"])
def test_a_state_that_does_not_exist_is_refused(qapp, state):
    with pytest.raises(ValueError, match="no such tray state"):
        tray_icon(state)
