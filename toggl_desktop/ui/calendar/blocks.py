"""Paints entries as blocks: a tint of the project's colour, its bar, and words that fit."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout, QTextOption

from toggl_desktop.ui.calendar.layout import Block
from toggl_desktop.ui.calendar.letters import Letters
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, Tokens, mix, readable
from toggl_desktop.ui.timer.days import Key
from toggl_desktop.ui.timer.wording import Face

SOLID_BELOW: Final = 10
"""A block thinner than this is one stroke of colour: a tint would not be seen."""
_BAR: Final = 3
_PAD: Final = 3
_TEXT_LEFT: Final = 2 * _PAD + _BAR + 2
_MARK: Final = 12
_MOST_TITLE_LINES: Final = 3
_TONES: Final = {"unsent": "second", "problem": "problem", "billable": "second"}

_Size = tuple[float, float, str, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is to be shown now."""

    is_selected: bool = False
    has_focus: bool = False
    is_hovered: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text: what, in what, in which colour, and how high above the block's top."""

    text: str
    type: Letters
    colour: str
    rect: QRectF


class BlockPainter:
    """Knows fonts and colours; remembers how each block's words were broken into lines."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.painted = 0
        self.measure()

    def measure(self) -> None:
        """Takes fonts from the theme; again when fonts or colours are others."""
        self._body = Letters(self._theme.font())
        self._caption = Letters(self._theme.font(SIZE.caption))
        self._lines: dict[Key, tuple[Face, _Size, list[_Line]]] = {}

    def forget(self) -> None:
        """Forgets how words were broken, because blocks are of other sizes now."""
        self._lines.clear()

    # One block ----------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, block: Block, face: Face, look: Look, *, is_rtl: bool
    ) -> None:
        """Paints a block; the painter stands where the content begins."""
        self.painted += 1
        tokens, rect = self._theme.tokens, block.rect
        colour = face.color or tokens.outline
        is_running = block.item.row.stop is None
        painter.setPen(Qt.PenStyle.NoPen)
        if rect.height() < SOLID_BELOW:
            painter.setBrush(QColor(tokens.running if is_running else tokens.shape(colour)))
            radius = min(2.0, rect.height() / 2)
            painter.drawRoundedRect(rect, radius, radius)
        else:
            ground = ground_of(tokens, colour, look)
            painter.setBrush(QColor(ground))
            self._shape(painter, block)
            bar = QRectF(rect.left() + _PAD, rect.top() + _PAD, _BAR, rect.height() - 2 * _PAD)
            painter.setBrush(QColor(readable(colour, ground, 3.0)))
            painter.drawRoundedRect(_turned(bar, rect, is_rtl=is_rtl), 1.5, 1.5)
            self._words(painter, block, face, ground, is_rtl=is_rtl)
        self._frame(painter, rect, look, is_running=is_running)

    def _shape(self, painter: QPainter, block: Block) -> None:
        """Rounds the corners, but not where the entry comes from or goes on into another day."""
        rect, item = block.rect, block.item
        painter.drawRoundedRect(rect, RADIUS.bar, RADIUS.bar)
        if item.is_from_before:
            painter.drawRect(QRectF(rect.left(), rect.top(), rect.width(), RADIUS.bar))
        if item.goes_on:
            painter.drawRect(
                QRectF(rect.left(), rect.bottom() - RADIUS.bar, rect.width(), RADIUS.bar)
            )

    def _frame(self, painter: QPainter, rect: QRectF, look: Look, *, is_running: bool) -> None:
        tokens = self._theme.tokens
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_running:
            self._outline(painter, rect, tokens.running, 1.5, 0.75)
        if look.is_selected:
            inset = 0.75 if rect.height() >= SOLID_BELOW else -1.5
            self._outline(painter, rect, tokens.accent, 1.5, inset)
        if look.has_focus:
            self._outline(painter, rect, tokens.surface, 4, -1)
            self._outline(painter, rect, tokens.accent, SIZE.focus, -1)

    @staticmethod
    def _outline(painter: QPainter, rect: QRectF, colour: str, width: float, inset: float) -> None:
        painter.setPen(QPen(QColor(colour), width))
        place = rect.adjusted(inset, inset, -inset, -inset)
        radius = max(1.0, min(RADIUS.bar - inset, place.height() / 2))
        painter.drawRoundedRect(place, radius, radius)

    # Words --------------------------------------------------------------------------------

    def _words(
        self, painter: QPainter, block: Block, face: Face, ground: str, *, is_rtl: bool
    ) -> None:
        rect = block.rect
        marks = self._marks(block, face)
        size = (rect.width(), rect.height(), ground, len(marks))
        known = self._lines.get(block.key)
        if known is None or known[0] is not face or known[1] != size:
            known = face, size, self._broken(block, face, ground, len(marks))
            self._lines[block.key] = known
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        flags |= int(Qt.TextFlag.TextSingleLine)
        for line in known[2]:
            painter.setFont(line.type.font)
            painter.setPen(QColor(line.colour))
            place = line.rect.translated(rect.topLeft())
            painter.drawText(_turned(place, rect, is_rtl=is_rtl), flags, line.text)
        for i, name in enumerate(marks):
            left = rect.right() - _PAD - (i + 1) * (_MARK + 2)
            place = QRectF(left, rect.top() + _PAD, _MARK, _MARK)
            tone = _TONES.get(name, "second")
            icon(name, tone).paint(painter, _turned(place, rect, is_rtl=is_rtl).toRect())

    def _marks(self, block: Block, face: Face) -> list[str]:
        """Returns the icons for which there is room, those first that matter most."""
        item, rect = block.item, block.rect
        if rect.height() < _MARK + 2 * _PAD or rect.width() < 72:
            return []
        found: list[str] = [
            name for name in ("problem", "unsent", "billable") if name in face.marks
        ]
        found += ["chevron-up"] * item.is_from_before + ["chevron-down"] * item.goes_on
        return found[: 1 if rect.width() < 110 else 3]

    def _broken(self, block: Block, face: Face, ground: str, marks: int) -> list[_Line]:
        """Breaks the words of a block into as many lines as it has room for."""
        rect, body, caption = block.rect, self._body, self._caption
        tokens = self._theme.tokens
        width = rect.width() - _TEXT_LEFT - _PAD
        high, low = body.height, caption.height
        room = rect.height() - 2 * _PAD + 2
        if width < 12 or room < low - 3:
            return []
        text = readable(tokens.second if face.is_untitled else tokens.text, ground)
        first = width - marks * (_MARK + 2)
        about = readable(face.color or tokens.second, ground)
        second = readable(tokens.second, ground)
        details = [(face.project, about)] if face.project else []
        details += [(self._span(block, face, width), second)]
        if room < high + low:
            return self._one_line(block, face, text, about, first)
        count = min(len(details), int((room - high) // low))
        titles = min(_MOST_TITLE_LINES, int((room - count * low) // high))
        found, top = [], float(_PAD - 1)
        for line in _lines(face.title, body, first, width, titles):
            found.append(_Line(line, body, text, QRectF(_TEXT_LEFT, top, width, high)))
            top += high
        for words, colour in details[:count]:
            found.append(self._detail(words, colour, QRectF(_TEXT_LEFT, top, width, low)))
            top += low
        return found

    def _span(self, block: Block, face: Face, width: float) -> str:
        """Returns from when to when and how long, or as much of that as can be read."""
        whole = f"{face.span} · {face.length}"
        choices = (face.span,) if block.item.row.stop is None else (whole, face.span)
        return next((text for text in choices if self._caption.width(text) <= width), "")

    def _detail(self, words: str, colour: str, rect: QRectF) -> _Line:
        return _Line(self._caption.elided(words, rect.width()), self._caption, colour, rect)

    def _one_line(
        self, block: Block, face: Face, text: str, about: str, width: float
    ) -> list[_Line]:
        """Title and project beside each other, in the middle of a low block."""
        height = block.rect.height()
        type_ = self._body if height >= self._body.height else self._caption
        title = type_.elided(face.title, width)
        found = [_Line(title, type_, text, QRectF(_TEXT_LEFT, 0, width, height))]
        used = type_.width(title) + SPACE.small
        if face.project and width - used >= 2 * SPACE.wide:
            place = QRectF(_TEXT_LEFT + used, 0, width - used, height)
            found.append(self._detail(face.project, about, place))
        return found


def ground_of(tokens: Tokens, colour: str, look: Look) -> str:
    """Returns what a block's words stand on: the surface with some of the project's colour."""
    amount = 0.26 if tokens.is_dark else 0.15
    amount += 0.05 * look.is_hovered + 0.09 * look.is_selected
    return mix(tokens.surface, colour, amount)


def _turned(rect: QRectF, inside: QRectF, *, is_rtl: bool) -> QRectF:
    """Returns a place inside a block as the direction of reading has it."""
    if not is_rtl:
        return rect
    left = inside.left() + inside.right() - rect.right()
    return QRectF(QPointF(left, rect.top()), rect.size())


def _lines(text: str, type_: Letters, first: float, width: float, most: int) -> list[str]:
    """Returns a text broken between words into at most so many lines; the last one is elided."""
    if most <= 1 or type_.width(text) <= first:
        return [type_.elided(text, first)]
    layout = QTextLayout(text, type_.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    units = text.encode("utf-16-le", "replace")  # what Qt counts in
    found: list[str] = []
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width if found else first)
        start, end = line.textStart(), line.textStart() + line.textLength()
        is_too_long = line.naturalTextWidth() > (width if found else first)
        if len(found) == most - 1 or is_too_long:
            room = width if found else first
            found.append(type_.elided(_part(units, start, len(units)), room))
            break
        found.append(_part(units, start, end).rstrip())
        line = layout.createLine()
    layout.endLayout()
    return found


def _part(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")
