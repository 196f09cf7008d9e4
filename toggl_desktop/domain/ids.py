"""Names for local ids, so that one kind of id cannot be passed where another belongs."""

from collections.abc import Callable
from typing import Final, NewType

EntryId = NewType("EntryId", str)
ProjectId = NewType("ProjectId", str)
ClientId = NewType("ClientId", str)
TaskId = NewType("TaskId", str)
TagId = NewType("TagId", str)
WorkspaceId = NewType("WorkspaceId", str)
FavouriteId = NewType("FavouriteId", str)
MemberId = NewType("MemberId", str)
GroupId = NewType("GroupId", str)
SegmentId = NewType("SegmentId", str)
StatusId = NewType("StatusId", str)
PlanTagId = NewType("PlanTagId", str)
PlanTaskId = NewType("PlanTaskId", str)
MilestoneId = NewType("MilestoneId", str)
TimeOffId = NewType("TimeOffId", str)
DependencyId = NewType("DependencyId", str)

LOCAL_WORKSPACE = WorkspaceId("local")

ANY_SAMPLE = "sample"
"""How the ids begin of all that is there to try things on: it is nobody's and is never sent."""
SAMPLE = f"{ANY_SAMPLE}-"
"""How the ids of sample entries begin, and of what they point to."""
SAMPLE_PROJECT = f"{ANY_SAMPLE}plan-"
"""How the ids of the sample plan's projects begin."""


def uuid7(milliseconds: int, random: bytes) -> str:
    """Returns a UUIDv7 (RFC 9562) for a time and ten random bytes: sorts by age, never changes."""
    head = milliseconds.to_bytes(6, "big")
    tail = bytearray(random[:10])
    tail[0] = 0x70 | (tail[0] & 0x0F)
    tail[2] = 0x80 | (tail[2] & 0x3F)
    text = (head + bytes(tail)).hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Ascending:
    """Makes UUIDv7s each of which is greater than the one before (RFC 9562, 6.2).

    What is made together then lies together in the store: thousands of new rows go to the end of
    its tables and indexes and not to thousands of places. For one thread at a time.
    """

    def __init__(self, randomness: Callable[[int], bytes]) -> None:
        """Makes them of random bytes, of which it is asked for as many as it needs."""
        self._randomness = randomness
        self._milliseconds = -1
        self._head = ""
        self._low = 0

    def __call__(self, milliseconds: int) -> str:
        """Returns one for a time; within a moment, and after a clock was set back, they count."""
        self._low += 1
        if milliseconds > self._milliseconds:
            first = uuid7(milliseconds, self._randomness(10))
            self._milliseconds, self._head = milliseconds, first[:19]
            self._low = int(first[19:].replace("-", ""), 16) & ~_ROOM
        text = f"{self._low:016x}"
        return f"{self._head}{text[:4]}-{text[4:]}"


_ROOM: Final = 1 << 61
"""Half of the last part is kept free to count on: it never comes to its end."""
