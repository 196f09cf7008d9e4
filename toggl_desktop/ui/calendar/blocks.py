"""Paints entries as blocks: a tint of the project's colour, its bar, and words that fit."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QStaticText

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
_MOST_TITLE_LINES: Final = 5
_REMEMBERED: Final = 4000
_TONES: Final = {"unsent": "second", "problem": "problem", "billable": "second"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is to be shown now."""

    is_selected: bool = False
    has_focus: bool = False
    is_hovered: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text, ready to be painted so far from the block's corner."""

    text: QStaticText
    font: QFont
    colour: QColor
    place: QPointF


@dataclass(frozen=True, slots=True)
class _Picture:
    """A block's words and colours, prepared for what it shows at one size."""

    face: Face
    shape: tuple[object, ...]
    ground: QColor
    bar: QColor
    lines: tuple[_Line, ...]
    marks: tuple[str, ...]


class BlockPainter:
    """Knows fonts and colours; remembers what it has prepared for each block."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.painted = 0
        self.measure()

    def measure(self) -> None:
        """Takes fonts from the theme; again when fonts or colours are others."""
        self._body = Letters(self._theme.font())
        self._caption = Letters(self._theme.font(SIZE.caption))
        self._pictures: dict[Key, _Picture] = {}
        self._solids: dict[str, QColor] = {}

    # One block ----------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, block: Block, face: Face, look: Look, *, is_rtl: bool
    ) -> None:
        """Paints a block; the painter stands where the content begins."""
        self.painted += 1
        rect = block.rect
        is_running = block.item.row.stop is None
        painter.setPen(Qt.PenStyle.NoPen)
        if rect.height() < SOLID_BELOW:
            self._stroke(painter, rect, face, is_running=is_running)
        else:
            picture = self._picture(block, face, look, is_rtl=is_rtl)
            painter.setBrush(picture.ground)
            self._shape(painter, block)
            left = rect.right() - _PAD - _BAR if is_rtl else rect.left() + _PAD
            painter.setBrush(picture.bar)
            bar = QRectF(left, rect.top() + _PAD, _BAR, rect.height() - 2 * _PAD)
            painter.drawRoundedRect(bar, 1.5, 1.5)
            self._words(painter, rect, picture, is_rtl=is_rtl)
        if is_running or look.is_selected or look.has_focus:
            self._frame(painter, rect, look, is_running=is_running)

    def _stroke(self, painter: QPainter, rect: QRectF, face: Face, *, is_running: bool) -> None:
        tokens = self._theme.tokens
        colour = tokens.running if is_running else face.color or tokens.outline
        solid = self._solids.get(colour)
        if solid is None:
            solid = self._solids[colour] = QColor(tokens.shape(colour))
        painter.setBrush(solid)
        radius = min(2.0, rect.height() / 2)
        painter.drawRoundedRect(rect, radius, radius)

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

    def _words(self, painter: QPainter, rect: QRectF, picture: _Picture, *, is_rtl: bool) -> None:
        corner = rect.topLeft()
        for line in picture.lines:
            painter.setFont(line.font)
            painter.setPen(line.colour)
            painter.drawStaticText(corner + line.place, line.text)
        for i, name in enumerate(picture.marks):
            away = _PAD + (i + 1) * (_MARK + 2)
            left = rect.left() + away - _MARK if is_rtl else rect.right() - away
            place = QRectF(left, rect.top() + _PAD, _MARK, _MARK).toRect()
            icon(name, _TONES.get(name, "second")).paint(painter, place)

    # Preparing ----------------------------------------------------------------------------

    def _picture(self, block: Block, face: Face, look: Look, *, is_rtl: bool) -> _Picture:
        rect = block.rect
        shape = (rect.width(), rect.height(), look.is_selected, look.is_hovered, is_rtl)
        known = self._pictures.get(block.key)
        if known is None or known.face is not face or known.shape != shape:
            if len(self._pictures) >= _REMEMBERED:
                self._pictures.clear()
            known = self._pictures[block.key] = self._prepared(block, face, look, shape)
        return known

    def _prepared(
        self, block: Block, face: Face, look: Look, shape: tuple[object, ...]
    ) -> _Picture:
        tokens = self._theme.tokens
        colour = face.color or tokens.outline
        ground = ground_of(tokens, colour, look)
        marks = self._marks(block, face)
        lines = _Lines(block.rect, is_rtl=bool(shape[-1]))
        self._break(lines, block, face, ground, len(marks))
        bar = readable(colour, ground, 3.0)
        return _Picture(face, shape, QColor(ground), QColor(bar), tuple(lines.found), tuple(marks))

    def _marks(self, block: Block, face: Face) -> list[str]:
        """Returns the icons for which there is room, those first that matter most."""
        item, rect = block.item, block.rect
        if rect.height() < _MARK + 2 * _PAD or rect.width() < 72:
            return []
        weighty: tuple[str, ...] = ("problem", "unsent", "billable")
        found = [name for name in weighty if name in face.marks]
        found += ["chevron-up"] * item.is_from_before + ["chevron-down"] * item.goes_on
        return found[: 1 if rect.width() < 110 else 3]

    def _break(self, lines: "_Lines", block: Block, face: Face, ground: str, marks: int) -> None:
        """Breaks the words of a block into as many lines as it has room for."""
        body, caption, tokens = self._body, self._caption, self._theme.tokens
        room = block.rect.height() - 2 * _PAD + 2
        if lines.width < 12 or room < caption.height - 3:
            return
        text = readable(tokens.second if face.is_untitled else tokens.text, ground)
        about = readable(face.color or tokens.second, ground)
        first = lines.width - marks * (_MARK + 2)
        if room < body.height + caption.height:
            self._one_line(lines, face, text, about, first)
            return
        span = self._span(block, face, lines.width)
        details = [(face.project, about), (span, readable(tokens.second, ground))]
        details = [detail for detail in details if detail[0]]
        count = min(len(details), int((room - body.height) // caption.height))
        titles = min(_MOST_TITLE_LINES, int((room - count * caption.height) // body.height))
        for line in body.lines(face.title, first, lines.width, titles):
            lines.add(line, body, text)
        for words, colour in details[:count]:
            lines.add(caption.elided(words, lines.width), caption, colour)

    def _span(self, block: Block, face: Face, width: float) -> str:
        """Returns from when to when and how long, or as much of that as can be read."""
        whole = f"{face.span} · {face.length}"
        choices = (face.span,) if block.item.row.stop is None else (whole, face.span)
        return next((text for text in choices if self._caption.width(text) <= width), "")

    def _one_line(self, lines: "_Lines", face: Face, text: str, about: str, width: float) -> None:
        """Title and project beside each other, in the middle of a low block."""
        letters = self._body if lines.rect.height() >= self._body.height else self._caption
        title = letters.elided(face.title, width)
        lines.add_in_the_middle(title, letters, text, 0)
        used = letters.width(title) + SPACE.small
        if face.project and width - used >= 2 * SPACE.wide:
            words = self._caption.elided(face.project, width - used)
            lines.add_in_the_middle(words, self._caption, about, used)


class _Lines:
    """Lines of text inside a block, one below the other, as the direction of reading has it."""

    def __init__(self, rect: QRectF, *, is_rtl: bool) -> None:
        self.rect = rect
        self.width = rect.width() - _TEXT_LEFT - _PAD
        self.found: list[_Line] = []
        self._is_rtl = is_rtl
        self._top = float(_PAD - 1)

    def add(self, text: str, letters: Letters, colour: str) -> None:
        """Adds a line below the others."""
        self._put(text, letters, colour, _TEXT_LEFT, self._top)
        self._top += letters.height

    def add_in_the_middle(self, text: str, letters: Letters, colour: str, left: float) -> None:
        """Adds a line half way down, so far from where reading begins."""
        self._put(
            text, letters, colour, _TEXT_LEFT + left, (self.rect.height() - letters.height) / 2
        )

    def _put(self, text: str, letters: Letters, colour: str, left: float, top: float) -> None:
        made = letters.static(text)
        if self._is_rtl:
            left = self.rect.width() - left - made.size().width()
        self.found.append(_Line(made, letters.font, QColor(colour), QPointF(left, top)))


def ground_of(tokens: Tokens, colour: str, look: Look) -> str:
    """Returns what a block's words stand on: the surface with some of the project's colour."""
    amount = 0.26 if tokens.is_dark else 0.15
    amount += 0.05 * look.is_hovered + 0.09 * look.is_selected
    return mix(tokens.surface, colour, amount)
