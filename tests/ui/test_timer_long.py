"""Fifty thousand entries: counted, not timed; the times are printed."""

import time

import pytest

from tests.ui.conftest import House, open_window, settle
from tests.ui.test_timer_model import fill_many
from toggl_desktop.domain import commands
from toggl_desktop.ui.timer.painter import RowPainter
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def test_fifty_thousand_entries_open_with_few_questions_and_few_rows_painted(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_many(house, 50_000)
    settle()
    painted = 0
    paint = RowPainter.paint

    def counted(self: RowPainter, *what: object) -> None:
        nonlocal painted
        painted += 1
        paint(self, *what)  # type: ignore[arg-type]

    monkeypatch.setattr(RowPainter, "paint", counted)
    source = house.store.source
    source.asked = 0  # type: ignore[attr-defined]
    began = time.perf_counter()
    open_window(window)
    opened = time.perf_counter() - began
    assert source.asked <= 20  # type: ignore[attr-defined]
    assert painted < 60
    assert window.entries.model.rowCount() < 1000

    lid = window.entries.model.item(5).row.lid  # type: ignore[union-attr]
    source.asked = 0  # type: ignore[attr-defined]
    began = time.perf_counter()
    house.perform(commands.EditEntries((lid,), description="Edited"))
    settle()
    edited = time.perf_counter() - began
    assert source.asked <= 20  # type: ignore[attr-defined]

    painted = 0
    bar = window.entries.view.verticalScrollBar()
    began = time.perf_counter()
    for _ in range(100):
        bar.setValue(bar.value() + 40)
        window.entries.view.viewport().repaint()
    scrolled = (time.perf_counter() - began) / 100
    assert painted < 100 * 20
    print(
        f"\n50,000 entries: open {opened * 1000:.0f} ms, edit {edited * 1000:.1f} ms, "
        f"scroll step {scrolled * 1000:.2f} ms, {painted / 100:.1f} rows painted a step"
    )


def test_scrolling_to_the_end_reads_chunk_by_chunk(house: House, window: TimerWindow) -> None:
    fill_many(house, 2000)
    open_window(window)
    bar = window.entries.view.verticalScrollBar()
    counts = [window.entries.model.rowCount()]
    for _ in range(40):
        bar.setValue(bar.maximum())
        settle()
        counts.append(window.entries.model.rowCount())
    assert counts == sorted(counts)
    assert len(set(counts)) > 5
    assert counts[-1] == counts[-2]
    assert not window.entries.model.canFetchMore(window.entries.view.rootIndex())
