"""What holds for one turn, and why one may end early."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from toggl_desktop.store.database import Store
from toggl_desktop.sync.desk import MakeId, opened
from toggl_desktop.sync.fresh import Ground
from toggl_desktop.sync.pace import Pace
from toggl_desktop.sync.rules import Rules

HOME: Final = "home"
"""Meta key: the number of the workspace that this computer's own workspace is joined with."""
UNTIED: Final = "untied"
"""Meta key: rows were here before their workspace was an account's, and have no tie yet."""


class Moment(NamedTuple):
    """A moment by the clock that counts suspend, and which boot it counts from."""

    boot: float
    boot_id: str


class AnswerError(Exception):
    """An answer that is no list of rows: nothing of it is applied.

    Attributes:
        sentence: What was wrong with it, for a person.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.sentence = f"Toggl's answer makes no sense: {what}. Nothing was changed by it."


class GivenUpError(Exception):
    """A person wants a long read no more: nothing of it is applied."""


class BrakeError(Exception):
    """More deletions than a person would expect: nothing of the answer is applied (R23)."""

    def __init__(self, kind: str, count: int, living: int, *, outward: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.count, self.living, self.outward = kind, count, living, outward


@dataclass(frozen=True, slots=True)
class Cycle:
    """What stays the same through one turn."""

    store: Store
    epoch: str
    make_id: MakeId
    rules: Rules
    wall: Callable[[], int]
    pace: Pace = field(default_factory=Pace)
    ground: Ground = field(default_factory=Ground)

    def desk(self, name: str) -> Any:  # noqa: ANN401 - a context manager of a Desk
        """Opens a transaction of this cycle."""
        return opened(
            self.store,
            name,
            self.wall(),
            epoch=self.epoch,
            make_id=self.make_id,
            rules=self.rules,
        )
