"""Requests counted as Toggl counts them: a sliding hour per bucket, a leaking bucket per token."""

import math
from collections import deque

HOUR = 3600.0
PLANS = {"free": 30, "starter": 240, "premium": 600}
PER_USER = 30


class Quota:
    """Who asked how often in the last hour."""

    def __init__(self) -> None:
        self._hours: dict[tuple[int, str | int], deque[float]] = {}
        self._levels: dict[int, tuple[float, float]] = {}

    def spend(self, user: int, bucket: str | int, total: int, now: float) -> tuple[bool, int, int]:
        """Counts one request; returns whether it may pass, what is left, and seconds to reset."""
        hour = self._hour(user, bucket, now)
        passes = len(hour) < total
        if passes:
            hour.append(now)
        return passes, total - len(hour), self.resets_in(user, bucket, now)

    def use_up(self, user: int, bucket: str | int, total: int, now: float) -> None:
        """Somebody else's program spends what is left."""
        hour = self._hour(user, bucket, now)
        hour.extend([now] * (total - len(hour)))

    def left(self, user: int, bucket: str | int, total: int, now: float) -> int:
        return total - len(self._hour(user, bucket, now))

    def resets_in(self, user: int, bucket: str | int, now: float) -> int:
        hour = self._hour(user, bucket, now)
        return math.ceil(hour[0] + HOUR - now) if hour else 0

    def drop(self, user: int, burst: int, now: float) -> bool:
        """One drop into the leaking bucket, which loses one a second; tells whether it held."""
        level, then = self._levels.get(user, (0.0, now))
        level = max(0.0, level - (now - then))
        holds = level + 1 <= burst
        self._levels[user] = (level + 1 if holds else level, now)
        return holds

    def _hour(self, user: int, bucket: str | int, now: float) -> deque[float]:
        hour = self._hours.setdefault((user, bucket), deque())
        while hour and hour[0] <= now - HOUR:
            hour.popleft()
        return hour
