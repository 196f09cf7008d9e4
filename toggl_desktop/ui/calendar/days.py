"""Days in columns under one scale of hours: laid out, scrolled, zoomed and painted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from toggl_desktop.domain import calendar
from toggl_desktop.domain.instants import day_of
from toggl_desktop.ui.calendar.blocks import BlockPainter, Look
from toggl_desktop.ui.calendar.choice import Choice
from toggl_desktop.ui.calendar.gestures import Deed, Draft
from toggl_desktop.ui.calendar.ghost import GhostPainter, ghost_rects
from toggl_desktop.ui.calendar.grid import GridPainter
from toggl_desktop.ui.calendar.heads import Heads
from toggl_desktop.ui.calendar.layout import Block, Layout, lay_out
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.calendar.sheet import DaySheet
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.days import Key

USUAL_PER_HOUR: Final = 56.0
_WHEEL_STEP: Final = 120
_ZOOM_STEP: Final = 1.2
_FADED: Final = 0.35
_AROUND: Final = 5
"""So far around a block its marks reach."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Other days are wanted.

    Attributes:
        by: So many steps on; negative is back.
        is_page: As many days on as are shown, instead of one by one.
    """

    by: int
    is_page: bool = False


class DaysView(QAbstractScrollArea):
    """Shows prepared days; what is done with them is for whoever inherits.

    Signals:
        turned(Turn): Other days were asked for.
        laid_out(): Everything may be in another place.
    """

    turned = Signal(object)
    laid_out = Signal()

    def __init__(self, theme: Theme, phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phrases = phrases
        self._sheets: tuple[DaySheet, ...] = ()
        self._now = 0
        self._per_hour = USUAL_PER_HOUR
        self._sideways = 0
        self.plan: Layout | None = None
        self.choice = Choice()
        self.draft: Draft | None = None
        self._labels_draft = True
        self.hovered: Key | None = None
        self.blocks = BlockPainter(theme)
        self._grid = GridPainter(theme, phrases)
        self._ghost = GhostPainter(theme, phrases, self.blocks)
        self.heads = Heads(theme, phrases, self)
        self._set_up()

    @property
    def phrases(self) -> Phrases:
        """How things are said here."""
        return self._phrases

    def inner_widgets(self) -> list[QWidget]:
        """Returns the widgets that are shown inside, for a screen reader."""
        inside = self.viewport().children()
        return [self.heads, *(w for w in inside if isinstance(w, QWidget))]

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(SPACE.wide)
        self.setMinimumSize(SPACE.huge * 6, SPACE.huge * 4)

    # What is shown ------------------------------------------------------------------------

    @property
    def per_hour(self) -> float:
        """Pixels per hour."""
        return self._per_hour

    @property
    def gutter(self) -> int:
        """The width of the scale of hours."""
        return self._grid.gutter

    @property
    def offset(self) -> int:
        """How far the content is scrolled."""
        return self.verticalScrollBar().value()

    def show_sheets(self, sheets: Sequence[DaySheet], now: int) -> None:
        """Shows days; what is selected and still there stays selected."""
        self._sheets, self._now = tuple(sheets), now
        self._arrange()
        if self.plan is not None:
            self.choice.keep(self.plan)

    def remeasure(self) -> None:
        """Lays everything out again, because fonts, colours or words have changed."""
        for part in (self.blocks, self._grid, self._ghost, self.heads):
            part.measure()
        self._arrange()

    def _arrange(self) -> None:
        """Puts everything in its place for the size and the scale in force."""
        if not self._sheets:
            return
        self.setViewportMargins(0, self.heads.wanted_height, 0, 0)
        self._per_hour = calendar.zoomed(self._per_hour, 1.0, self._least())
        self.plan = lay_out(
            self._sheets,
            self.viewport().width(),
            self._grid.gutter,
            self._per_hour,
            is_rtl=self.isRightToLeft(),
        )
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(max(1, height))
        bar.setRange(0, max(0, round(self.plan.height) + 1 - height))
        place = self.viewport().geometry()
        self.heads.setGeometry(
            place.x(), place.y() - self.heads.wanted_height, place.width(), self.heads.wanted_height
        )
        self.heads.show_layout(self.plan, day_of(self._now, self._phrases.wording.zone))
        self.viewport().update()
        self.arranged()

    def arranged(self) -> None:
        """Hears that everything may be in another place."""
        self.laid_out.emit()

    def _least(self) -> float:
        """Returns the scale at which the longest day fills the height."""
        longest = max((s.bounds.high - s.bounds.low for s in self._sheets), default=86400)
        return self.viewport().height() * 3600 / max(longest, 1)

    # Places -------------------------------------------------------------------------------

    def content(self, place: QPointF) -> QPointF:
        """Returns a point of the viewport as a point of the content."""
        return QPointF(place.x(), place.y() + self.offset)

    def rect_of(self, block: Block) -> QRect:
        """Returns where a block is in the viewport."""
        return block.rect.translated(0, -self.offset).toAlignedRect()

    def update_block(self, key: Key | None) -> None:
        """Paints a block again."""
        block = None if self.plan is None else self.plan.block(key)
        if block is not None:
            around = (-_AROUND, -_AROUND, _AROUND, _AROUND)
            self.viewport().update(self.rect_of(block).adjusted(*around))

    def reveal(self, top: float, bottom: float) -> None:
        """Scrolls so that a stretch of the content is in sight, its top before its bottom."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if bottom + SPACE.large > bar.value() + height:
            bar.setValue(round(bottom + SPACE.large - height))
        if top - SPACE.large < bar.value():
            bar.setValue(round(top - SPACE.large))

    def reveal_block(self, block: Block) -> None:
        """Scrolls a block into sight."""
        self.reveal(block.rect.top(), block.rect.bottom())

    def look_at(self, at: int, part: float = 1 / 3) -> None:
        """Scrolls so that an instant is at a part of the height, 0 at the top."""
        if self.plan is None:
            return
        column = self.plan.column_of(at) or self.plan.columns[0]
        y = column.axis.y(at)
        self.verticalScrollBar().setValue(round(y - self.viewport().height() * part))

    # Scale --------------------------------------------------------------------------------

    def zoom(self, factor: float, pointer: float | None = None) -> None:
        """Changes the scale; what is at a height of the viewport (its middle) stays there."""
        if self.plan is None:
            return
        at = self.viewport().height() / 2 if pointer is None else pointer
        before = self._per_hour
        self._per_hour = calendar.zoomed(before, factor, self._least())
        if self._per_hour == before:
            return
        scroll = calendar.scroll_around(self.offset, at, before, self._per_hour)
        self._arrange()
        self.verticalScrollBar().setValue(round(scroll))

    def zoom_to_fit(self) -> None:
        """Shows the whole day."""
        self.zoom(calendar.LEAST_PER_HOUR / self._per_hour)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM_STEP ** (turn.y() / _WHEEL_STEP), event.position().y())
            event.accept()
            return
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        along = turn.y() if is_shifted else turn.x()
        if is_shifted or abs(turn.x()) > abs(turn.y()):
            self._wheel_sideways(along)
            event.accept()
            return
        super().wheelEvent(event)

    def _wheel_sideways(self, turn: int) -> None:
        self._sideways -= turn
        while abs(self._sideways) >= _WHEEL_STEP:
            step = 1 if self._sideways > 0 else -1
            self._sideways -= step * _WHEEL_STEP
            self.turn(-step if self.isRightToLeft() else step)

    def turn(self, by: int, *, is_page: bool = False) -> None:
        """Asks for other days."""
        self.turned.emit(Turn(by, is_page=is_page))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        if self.draft is not None or self._is_empty():  # their words do not scroll
            self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Painting -----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self.plan is None:
            painter.fillRect(event.rect(), QColor(self._theme.tokens.surface))
        else:
            self._paint(painter, self.plan, QRectF(event.rect().translated(0, self.offset)))
        painter.end()

    def _paint(self, painter: QPainter, plan: Layout, clip: QRectF) -> None:
        painter.translate(0, -self.offset)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        today = day_of(self._now, self._phrases.wording.zone)
        self._grid.paint(painter, clip, plan, today, self._now)
        for column in plan.columns:
            if column.right < clip.left() or column.left > clip.right():
                continue
            for block in column.between(clip.top() - _AROUND, clip.bottom() + _AROUND):
                self._paint_block(painter, block, plan)
        self._grid.paint_over(painter, clip, plan, self._now)
        if self._is_empty():
            self._grid.paint_invitation(painter, plan, self._sight())
        if self.draft is not None:
            self._ghost.paint(
                painter, self.draft, plan, self._sight(), is_labelled=self._labels_draft
            )

    def _paint_block(self, painter: QPainter, block: Block, plan: Layout) -> None:
        is_dragged = (
            self.draft is not None
            and block.lid in self.draft.lids
            and self.draft.deed not in (Deed.COPY, Deed.CUT)
        )
        look = Look(
            is_selected=block.lid in self.choice.lids,
            has_focus=self.hasFocus() and block.key == self.choice.current,
            is_hovered=block.key == self.hovered and self.draft is None,
        )
        face = self._phrases.face(block.item)
        if is_dragged:
            painter.setOpacity(_FADED)
        self.blocks.paint(painter, block, face, look, is_rtl=plan.is_rtl)
        painter.setOpacity(1.0)

    def show_draft(self, draft: Draft | None, *, is_labelled: bool = True) -> None:
        """Shows a draft, or that there is none any more; a step of a drag repaints only itself."""
        before, self.draft = self.draft, draft
        self._labels_draft = is_labelled
        if before is None or draft is None or self.plan is None:
            if before != draft:
                self.viewport().update()
        elif before != draft:
            for one in (before, draft):
                area = self._ghost.area(one, self.plan, self._sight())
                self.viewport().update(area.translated(0, -self.offset).toAlignedRect())

    @property
    def is_naming(self) -> bool:
        """Whether the draft is a new entry that is being given its name."""
        return self.draft is not None and not self._labels_draft

    def _sight(self) -> QRectF:
        return QRectF(self.viewport().rect().translated(0, self.offset))

    def _is_empty(self) -> bool:
        return self.draft is None and not any(sheet.items for sheet in self._sheets)

    def draft_rect(self, draft: Draft) -> QRect | None:
        """Returns where the first part of a draft is in the viewport; None if it is not there."""
        rects = [] if self.plan is None else ghost_rects(draft, self.plan)
        if not rects:
            return None
        return rects[0][1].translated(0, -self.offset).toAlignedRect()

    def global_place(self, place: QPoint) -> QPoint:
        """Returns a point of the viewport as a point of the screen."""
        return self.viewport().mapToGlobal(place)
