"""How hard the tests try: `TOGGL_EFFORT=100` makes every searching test look 100 times as long."""

import os

EFFORT = float(os.environ.get("TOGGL_EFFORT", "1"))


def effort(count: int) -> int:
    """Returns how many examples, seeds or histories to try where a push tries `count`."""
    return max(1, round(count * EFFORT))
