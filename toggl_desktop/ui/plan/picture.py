"""The plan as a picture: PNG, SVG, or a PDF of pages, painted as on the screen.

Above the chart stands what it shows, below it which colour is which project. Nothing of it needs a
window: the command line paints without a screen.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractScrollArea

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.paper import cuts, parts
from toggl_desktop.domain.plan.rows import Plan
from toggl_desktop.ui.plan.bands import PngFile, Steps
from toggl_desktop.ui.plan.header import HeaderPainter, day_words
from toggl_desktop.ui.plan.painter import ChartPainter
from toggl_desktop.ui.plan.paper import axis_for
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.plan.side import USUAL, SideColumn
from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE

FORMS: Final = ("png", "svg", "pdf")
WIDTH: Final = 1600
"""How wide a picture is where its days fit into that."""
MOST_PIXELS: Final = 120_000_000
MOST_SIDE: Final = 32_000
MOST_PAGES: Final = 200
_RESOLUTION: Final = 96
_MARGIN_MM: Final = 10.0
_NOON: Final = 720
_SWATCH: Final = 12
BAND: Final = 128
"""How many rows of pixels are drawn at once."""
_SEAM: Final = 8
"""What is painted beyond a band, so that strokes and corners at its edges are whole."""
Seen = tuple[int, int]
Page = tuple[int, int, int, int]
"""First day, last day, and between which heights of the lanes."""


class TooLargeError(Exception):
    """The picture would be larger than anybody can open; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a picture.

    Attributes:
        title: Whose plan it is.
        low: The first day.
        high: The last day.
    """

    title: str
    low: int
    high: int

    @property
    def days(self) -> str:
        """Returns `Mon 23 Nov – Fri 18 Dec 2026`."""
        from datetime import date

        years = [date.fromordinal(day).year for day in (self.low, self.high)]
        first, last = day_words(self.low), day_words(self.high)
        if years[0] != years[1]:
            first = f"{first} {years[0]}"
        return f"{first} – {last} {years[1]}" if self.low != self.high else f"{first} {years[1]}"


class PlanPicture:
    """Paints a scene, which it takes over: days and lanes are laid out for paper."""

    def __init__(self, scene: Scene, plan: Plan, caption: Caption) -> None:
        self._scene, self._caption = scene, caption
        self._header = HeaderPainter(scene.looks)
        self._area = QAbstractScrollArea()
        self._side = SideColumn(scene, self._area)
        self._side.tells_load = caption.low <= scene.today <= caption.high
        self._legend = _legend(scene, plan, caption)
        self._cuts_lanes = True
        self._title_font = type_font(SIZE.title, SIZE.semibold)

    # Parts of a picture -------------------------------------------------------------------

    @property
    def _head(self) -> int:
        return SPACE.huge + SPACE.small

    def _lay_out(self, low: int, high: int, width: int) -> int:
        """Lays days and lanes out for a width; returns how wide the days are."""
        chart = self._scene.chart
        chart.axis = axis_for(low, high, width, chart.axis.hidden)
        chart.arrange(low, high)
        return chart.axis.x(high + 1)

    def _paint_chart(
        self, painter: QPainter, top: int, bottom: int, width: int, seen: Seen | None = None
    ) -> None:
        """Paints header, names and bars between two heights of the lanes, from the origin down.

        Of what is `seen` alone, from the origin down too, where the rest need not be painted.
        """
        scene = self._scene
        header = self._header.height(scene)
        first, last = top, bottom
        if seen is not None:
            first = min(max(top, seen[0] - header + top - _SEAM), bottom)
            last = max(first, min(bottom, seen[1] - header + top + _SEAM))
        self._side.resize(USUAL, header + bottom - top)
        if seen is None or seen[0] < header:
            painter.save()
            painter.translate(USUAL, 0)
            painter.setClipRect(QRect(0, 0, width, header))
            self._header.paint(painter, Box(0, 0, width, header), scene, pointed=None, left=0)
            painter.restore()
        painter.save()
        painter.translate(USUAL, header - top)
        box = Box(0, first, width, last - first)
        self._chart_painter.paint(painter, box, scene, minute=_NOON)
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, header - top)
        if self._cuts_lanes:  # Qt's SVG loses words that are painted under a clip and a shift
            painter.setClipRect(QRect(0, top, USUAL, bottom - top))
        self._side.paint_lanes(painter, first, last)
        painter.restore()
        painter.setPen(scene.looks.strong_pen)
        painter.drawLine(USUAL - 1, 0, USUAL - 1, header + bottom - top)
        painter.drawLine(0, header - 1, USUAL, header - 1)
        painter.setPen(scene.looks.grid_pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(0, 0, USUAL + width - 1, header + bottom - top)

    def _paint_title(self, painter: QPainter, width: int, right: str) -> None:
        looks = self._scene.looks
        painter.setFont(looks.font)
        painter.setPen(looks.second)
        area = QRect(0, 0, width, self._head)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        room = width - painter.fontMetrics().horizontalAdvance(right) - SPACE.large
        painter.setFont(self._title_font)
        painter.setPen(looks.text)
        words = painter.fontMetrics().elidedText(
            one_line(self._caption.title, 200), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(area.adjusted(0, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _legend_rows(self, width: int) -> list[list[tuple[str, QColor, bool, int]]]:
        """Returns what the colours mean, in rows that fit a width, each with its place."""
        metrics = self._scene.looks.small_metrics
        rows: list[list[tuple[str, QColor, bool, int]]] = [[]]
        x = 0
        for words, color, is_done in self._legend:
            wide = _SWATCH + SPACE.small + metrics.horizontalAdvance(words) + SPACE.large
            if x and x + wide > width:
                rows.append([])
                x = 0
            rows[-1].append((words, color, is_done, x))
            x += wide
        return rows if rows[0] else []

    def _legend_height(self, width: int, most: int) -> int:
        rows = min(len(self._legend_rows(width)), most)
        return SPACE.medium + rows * self._legend_row if rows else 0

    @property
    def _legend_row(self) -> int:
        return self._scene.looks.small_metrics.height() + SPACE.small

    def _paint_legend(self, painter: QPainter, top: int, width: int, most: int) -> None:
        looks = self._scene.looks
        painter.setFont(looks.small_font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, row in enumerate(self._legend_rows(width)[:most]):
            y = top + SPACE.medium + place * self._legend_row
            for words, color, is_done, x in row:
                middle = y + (self._legend_row - _SWATCH) // 2
                painter.setPen(QPen(color, 1.5))
                painter.setBrush(looks.surface if is_done else color)
                painter.drawRoundedRect(x, middle, _SWATCH, _SWATCH, RADIUS.bar, RADIUS.bar)
                painter.setPen(looks.second)
                area = QRect(x + _SWATCH + SPACE.small, y, width, self._legend_row)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)

    # Whole pictures -----------------------------------------------------------------------

    def _size(self) -> QSize:
        """Lays everything out on one sheet; returns how large that is, margins too."""
        width = self._lay_out(self._caption.low, self._caption.high, WIDTH - USUAL)
        whole = USUAL + width
        height = self._head + self._header.height(self._scene) + self._scene.chart.height
        height += self._legend_height(whole, 99)
        return QSize(whole + 2 * SPACE.wide, height + 2 * SPACE.wide)

    def _paint_sheet(self, painter: QPainter, size: QSize, seen: Seen | None = None) -> None:
        looks = self._scene.looks
        painter.fillRect(QRect(0, 0, size.width(), size.height()), looks.surface)
        painter.translate(SPACE.wide, SPACE.wide)
        width = size.width() - 2 * SPACE.wide
        self._paint_title(painter, width, self._caption.days)
        painter.translate(0, self._head)
        height = self._scene.chart.height
        above = SPACE.wide + self._head
        part = None if seen is None else (seen[0] - above, seen[1] - above)
        self._paint_chart(painter, 0, height, width - USUAL, part)
        top = self._header.height(self._scene) + height
        self._paint_legend(painter, top, width, 99)

    def png(self) -> Steps:
        """Draws the picture in pixels, as many a point as the looks have, band by band.

        Raises:
            TooLargeError: There are too many days or lanes for one.
        """
        self._chart_painter = ChartPainter(self._scene.looks)
        size, scale = self._size(), self._scene.looks.scale
        pixels = size * scale
        if max(pixels.width(), pixels.height()) > MOST_SIDE or (
            pixels.width() * pixels.height() > MOST_PIXELS
        ):
            raise TooLargeError(_too_large())
        yield 0.0
        file = PngFile(pixels.width(), pixels.height())
        for top in range(0, pixels.height(), BAND):
            rows = min(BAND, pixels.height() - top)
            image = QImage(pixels.width(), rows, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(scale)
            painter = QPainter(image)
            painter.translate(0, -top / scale)
            self._paint_sheet(painter, size, (int(top / scale), ceil((top + rows) / scale)))
            painter.end()
            file.add(image)
            yield (top + rows) / pixels.height()
        return file.end()

    def _draw_shapes(self) -> None:
        self._chart_painter = ChartPainter(self._scene.looks, is_vector=True)
        self._header = HeaderPainter(self._scene.looks, is_vector=True)

    def svg(self) -> Steps:
        """Draws the picture as shapes and words."""
        self._draw_shapes()
        self._cuts_lanes = False
        size, (data, device) = self._size(), _memory()
        yield 0.0
        sheet = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the one that can clip
        sheet.setOutputDevice(device)
        sheet.setSize(size)
        sheet.setViewBox(QRect(0, 0, size.width(), size.height()))
        sheet.setTitle(one_line(self._caption.title, 200))
        sheet.setDescription(self._caption.days)
        painter = QPainter(sheet)
        self._paint_sheet(painter, size)
        painter.end()
        device.close()
        return bytes(data.data())

    def pdf(self) -> Steps:
        """Draws pages, each with what it shows above and what the colours mean below.

        Raises:
            TooLargeError: There would be too many pages.
        """
        self._draw_shapes()

        data, device = _memory()
        writer = QPdfWriter(device)
        writer.setResolution(_RESOLUTION)
        writer.setTitle(one_line(self._caption.title, 200))
        writer.setCreator("Toggl Desktop")
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        area = QSize(writer.width(), writer.height())
        pages: list[Page] = []
        for low, high in parts(self._caption.low, self._caption.high):
            pages += self._pages(low, high, area)
            if len(pages) > MOST_PAGES:
                raise TooLargeError(_too_large())
            yield 0.0
        painter = QPainter(writer)
        try:
            for number, page in enumerate(pages, 1):
                if number > 1:
                    writer.newPage()
                painter.save()
                self._paint_page(painter, area, page, f"{number}/{len(pages)}")
                painter.restore()
                yield number / len(pages)
        finally:
            painter.end()  # also when it is given up
        device.close()
        return bytes(data.data())

    def _room(self, area: QSize) -> int:
        """Returns how high the lanes of a page may be."""
        taken = self._head + self._header.height(self._scene) + 1
        return area.height() - taken - self._legend_height(area.width(), 2)

    def _pages(self, low: int, high: int, area: QSize) -> list[Page]:
        """Returns the days and heights of the pages for some days."""
        self._lay_out(low, high, area.width() - USUAL)
        found = cuts(self._scene.chart.tops, self._room(area))
        return [(low, high, top, bottom) for top, bottom in found]

    def _paint_page(self, painter: QPainter, area: QSize, page: Page, number: str) -> None:
        low, high, top, bottom = page
        width = min(self._lay_out(low, high, area.width() - USUAL), area.width() - USUAL)
        days = Caption(self._caption.title, low, high).days
        self._paint_title(painter, area.width(), f"{days}    {number}")
        painter.translate(0, self._head)
        self._paint_chart(painter, top, bottom, width)
        painter.translate(0, -self._head)
        legend = self._legend_height(area.width(), 2)
        self._paint_legend(painter, area.height() - legend, area.width(), 2)


def _legend(scene: Scene, plan: Plan, caption: Caption) -> list[tuple[str, QColor, bool]]:
    """Returns the projects that can be seen, and what a hollow bar means."""
    seen, has_done = set(), False
    for lane in scene.chart.lanes.all:
        for bar in lane.bars:
            if bar.start is None or bar.end is None:
                continue
            if bar.end >= caption.low and bar.start <= caption.high:
                seen.add(bar.project)
                has_done = has_done or bar.is_done
    found = [
        (one_line(row.name, 60), QColor(row.color), False)
        for row in plan.projects
        if row.lid in seen
    ]
    if has_done:
        found.append((_tr("Done"), scene.looks.second, True))
    return found


def _memory() -> tuple[QByteArray, QBuffer]:
    """Returns a device in memory that is open, and what will be written into it."""
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, device


def _too_large() -> str:
    return _tr("So many days and lanes make no picture that can be opened. Choose fewer days.")


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanPicture", words)
