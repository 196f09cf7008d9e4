"""New local ids."""

import os
import time

from toggl_desktop.domain.ids import uuid7


def new_id() -> str:
    """Returns a fresh UUIDv7. Its time part only makes ids sort by age; nothing reads it back."""
    return uuid7(max(0, time.time_ns()) // 1_000_000, os.urandom(10))
