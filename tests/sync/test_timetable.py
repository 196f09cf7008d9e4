"""When entries are read: fresh within five minutes, twenty times in any hour at most."""

from random import Random

import pytest

from toggl_desktop.sync.ledger import WINDOW_SECONDS
from toggl_desktop.sync.timetable import (
    APART_SECONDS,
    BREATH_SECONDS,
    MOST,
    NAMES_SECONDS,
    VISIBLE_SECONDS,
    Timetable,
)


class Hours:
    """Lives some hours second by second."""

    def __init__(self):
        self.sends: list[float] = []
        self.table = Timetable(lambda: self.sends)
        self.reads: list[float] = []
        self.names_at = 0.0

    def live(self, hours, *, wants, news):
        now = 0.0
        while now < hours * WINDOW_SECONDS:
            now += 10
            if news(now):
                self.table.hear(now)
            if self.table.due(now) <= now or (wants(now) and self.table.fits(now)):
                self.table.read(now)
                self.sends.append(now)
                self.reads.append(now)
            if now - self.names_at >= NAMES_SECONDS and self.table.has_room(now, 0):
                self.names_at = now
                self.sends.append(now)

    def busiest(self):
        return max(sum(t - WINDOW_SECONDS < s <= t for s in self.sends) for t in self.sends)

    def longest(self):
        return max(b - a for a, b in zip(self.reads, self.reads[1:], strict=False))


def never(_now):
    return False


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_wanted_an_hour_costs_twenty_and_nothing_is_older_than_five_minutes(seed):
    random, hours = Random(seed), Hours()
    often = random.choice([1, 0.2, 0.02])
    hours.live(
        3, wants=lambda _: random.random() < often, news=lambda _: random.random() < often / 2
    )
    assert hours.busiest() <= MOST
    assert hours.longest() <= VISIBLE_SECONDS + 10
    assert hours.busiest() >= MOST - 2  # what fits is used


def test_alone_the_regular_reads_leave_room():
    hours = Hours()
    hours.live(3, wants=never, news=never)
    assert hours.busiest() <= 15
    assert hours.table.has_room(3 * WINDOW_SECONDS, 2)


def test_news_is_read_at_once_when_it_is_rare_and_a_storm_is_one_read():
    hours = Hours()
    hours.live(0.5, wants=never, news=lambda now: 1000 <= now <= 1020)
    after = [at for at in hours.reads if at >= 1000]
    assert after[0] - 1000 <= BREATH_SECONDS + 10
    assert sum(at <= 1000 + APART_SECONDS for at in after) == 1


def test_out_of_sight_it_reads_four_times_an_hour():
    hours = Hours()
    hours.table.in_sight = lambda: False
    hours.live(3, wants=never, news=never)
    assert hours.busiest() <= 4 + 3
