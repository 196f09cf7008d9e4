"""Draws every picture that is derived: tray states, theme icons, parts of controls.

Run it again after a change of a shape here, of `app/*.svg` or of a colour among the tokens:

    python resources/draw.py          # writes
    python resources/draw.py --check  # says which vector files are not what it would write
"""

import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent))

from toggl_desktop.ui.theme.tokens import DARK, LIGHT, Tokens  # noqa: E402

SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{n}" height="{n}" viewBox="0 0 {n} {n}">'
)
BASES: Final = ("running", "stopped", "paused")
BADGES: Final = ("", "unsent", "offline", "problem")
TRAY_GRIDS: Final = (16, 22, 24)
APP_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256)
SMALL_UP_TO: Final = 24


# --- the tray: one shape per state, drawn for the pixel grid of 16, 22 and 24 -------------------


def tray(base: str, badge: str, grid: int) -> str:
    """The drawing of one state on one pixel grid; what warns is in a group of its own."""
    unit = grid / 16
    stroke = max(2.0, round(unit * 2 * 2) / 2)
    centre = grid / 2
    radius = grid / 2 - 1
    across, warning = centre, ""
    if badge == "unsent":
        size = round(3.5 * unit)
        radius = (grid - 2 - size) / 2
        below = grid - size / 2
        warning = f'<circle cx="{_n(centre)}" cy="{_n(below)}" r="{_n(size / 2)}"/>'
        middle = radius + 0.5
    else:
        middle = centre
    if badge == "problem":
        radius = (grid - _mark(unit) - max(1, round(unit))) / 2
        across = radius
        warning = _exclamation(grid, unit)
    shape = _SHAPES[base](across, middle, radius, stroke, badge)
    lines = [SVG.format(n=grid), f'  <g fill="currentColor">{shape}</g>']
    if warning:
        lines.append(f'  <g id="badge" fill="currentColor">{warning}</g>')
    return "\n".join([*lines, "</svg>", ""])


def _mark(unit: float) -> int:
    return max(3, round(2.75 * unit))


def _exclamation(grid: int, unit: float) -> str:
    width = _mark(unit)
    left, gap = grid - width, round(1.6 * unit)
    tall = grid - 2 - width - gap
    top = 1
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{tall}" rx="0.75"/>'
        f'<rect x="{left}" y="{top + tall + gap}" width="{width}" height="{width}" rx="0.75"/>'
    )


def _running(x: float, y: float, radius: float, stroke: float, badge: str) -> str:
    """A filled disc; alone it has a play sign cut out, beside a warning it would be too small."""
    if badge == "offline":
        inner = radius - stroke - max(1.0, round(radius / 8))
        disc = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(inner - 0.25)}"/>'
        return disc + _broken(x, y, radius, stroke * 0.85)
    if badge:
        return f'<path d="{_circle(x, y, radius)}"/>'
    side = radius * 0.52
    play = (
        f"M{_n(x - side * 0.72)} {_n(y - side)}L{_n(x + side * 1.08)} {_n(y)}"
        f"L{_n(x - side * 0.72)} {_n(y + side)}Z"
    )
    return f'<path fill-rule="evenodd" d="{_circle(x, y, radius)}{play}"/>'


def _stopped(x: float, y: float, radius: float, stroke: float, badge: str) -> str:
    """A ring."""
    if badge == "offline":
        return _broken(x, y, radius, stroke)
    ring = _circle(x, y, radius) + _circle(x, y, radius - stroke)
    return f'<path fill-rule="evenodd" d="{ring}"/>'


def _paused(x: float, y: float, radius: float, stroke: float, badge: str) -> str:
    """Two upright bars."""
    broken = badge == "offline"
    ring = _broken(x, y, radius, stroke * 0.85) if broken else ""
    tall = radius * (1.0 if broken else 1.86)
    wide = round(radius * 0.52 if not broken else stroke)
    gap = round(radius * 0.45 if not broken else stroke * 0.8)
    gap += (round(2 * x) - gap) % 2
    top, low = round(y - tall / 2), round(y + tall / 2)
    bars = "".join(
        f'<rect x="{_n(left)}" y="{top}" width="{wide}" height="{low - top}" rx="1"/>'
        for left in (x - gap / 2 - wide, x + gap / 2)
    )
    return ring + bars


_SHAPES: Final = {"running": _running, "stopped": _stopped, "paused": _paused}


def _circle(x: float, y: float, r: float) -> str:
    return (
        f"M{_n(x - r)} {_n(y)}a{_n(r)} {_n(r)} 0 1 0 {_n(2 * r)} 0"
        f"a{_n(r)} {_n(r)} 0 1 0 {_n(-2 * r)} 0Z"
    )


def _broken(x: float, y: float, radius: float, stroke: float) -> str:
    """A ring of four arcs with four breaks."""
    half = math.degrees(max(1.4, stroke * 0.68) / (radius - stroke / 2))
    arcs = []
    for quarter in range(4):
        first, last = 45 + 90 * quarter + half, 135 + 90 * quarter - half
        outer = [_at(x, y, radius, first), _at(x, y, radius, last)]
        inner = [_at(x, y, radius - stroke, last), _at(x, y, radius - stroke, first)]
        big, small = _n(radius), _n(radius - stroke)
        arcs.append(
            f"M{outer[0]}A{big} {big} 0 0 1 {outer[1]}L{inner[0]}A{small} {small} 0 0 0 {inner[1]}Z"
        )
    return f'<path d="{"".join(arcs)}"/>'


def _at(x: float, y: float, radius: float, degrees: float) -> str:
    angle = math.radians(degrees)
    return f"{_n(x + radius * math.cos(angle))} {_n(y + radius * math.sin(angle))}"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


# --- parts of controls that a style sheet can only take from a file -----------------------------


def control(name: str, colour: str) -> str:
    """A small part of a control in one colour."""
    line = 'fill="none" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
    paths = {
        "check": "M3.5 8.5 6.75 11.5 12.5 4.75",
        "dash": "M4 8h8",
        "minus": "M4.5 8h7",
        "plus": "M4.5 8h7M8 4.5v7",
        "down": "M4.5 6.5 8 10l3.5-3.5",
        "up": "M4.5 9.5 8 6l3.5 3.5",
        "right": "M6.5 4.5 10 8l-3.5 3.5",
        "left": "M9.5 4.5 6 8l3.5 3.5",
    }
    if name == "bullet":
        body = f'<circle cx="8" cy="8" r="3" fill="{colour}"/>'
    else:
        body = f'<path d="{paths[name]}" stroke="{colour}" {line}/>'
    return f"{SVG.format(n=16)}\n  {body}\n</svg>\n"


def controls(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Every part in every colour that the style sheet asks for."""
    for name in ("check", "dash", "bullet"):
        yield name, control(name, tokens.on_accent)
        yield f"{name}-disabled", control(name, tokens.surface)
    yield "check-plain", control("check", tokens.text)
    for name in ("down", "up", "left", "right", "minus", "plus"):
        yield name, control(name, tokens.second)
        yield f"{name}-disabled", control(name, tokens.disabled)


# --- everything -----------------------------------------------------------------------------------


def vectors() -> Iterator[tuple[Path, str]]:
    """Every derived vector file with its text."""
    for base in BASES:
        for badge in BADGES:
            state = f"{base}+{badge}" if badge else base
            for grid in TRAY_GRIDS:
                yield ROOT / "tray" / str(grid) / f"{state}.svg", tray(base, badge, grid)
            name = f"toggl-desktop-{state.replace('+', '-')}-symbolic.svg"
            symbolic = tray(base, badge, 16).replace(
                'id="badge" fill="currentColor"', f'class="{_GTK[badge]}" fill="currentColor"'
            )
            # GTK and KDE recolour a symbolic icon; elsewhere it has to be some plain grey.
            grey = symbolic.replace("currentColor", "#2e3436")
            yield ROOT / "hicolor" / "symbolic" / "status" / name, grey
    for folder, tokens in (("light", LIGHT), ("dark", DARK)):
        for name, text in controls(tokens):
            yield ROOT / "controls" / folder / f"{name}.svg", text
    app = (ROOT / "app" / "toggl-desktop.svg").read_text(encoding="utf-8")
    yield ROOT / "hicolor" / "scalable" / "apps" / "toggl-desktop.svg", app
    mono = (ROOT / "app" / "toggl-desktop-symbolic.svg").read_text(encoding="utf-8")
    yield ROOT / "hicolor" / "symbolic" / "apps" / "toggl-desktop-symbolic.svg", mono


_GTK: Final = {"": "", "unsent": "warning", "offline": "", "problem": "error"}


def draw_app_icons() -> None:
    """The program's icon as theme-icon files of every usual size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    for size in APP_SIZES:
        kind = "toggl-desktop-small.svg" if size <= SMALL_UP_TO else "toggl-desktop.svg"
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(str(ROOT / "app" / kind)).render(painter, QRectF(0, 0, size, size))
        painter.end()
        target = ROOT / "hicolor" / f"{size}x{size}" / "apps" / "toggl-desktop.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        image.save(str(target))
    del app


def main(arguments: list[str]) -> int:
    """Writes everything, or only says what differs; 1 when something does."""
    if "--check" in arguments:
        stale = [path for path, text in vectors() if not _is(path, text)]
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is not what draw.py would write\n")
        return 1 if stale else 0
    for path, text in vectors():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    draw_app_icons()
    return 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
