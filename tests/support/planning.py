"""A plan to try actions on: short to write, the same every time."""

from pathlib import Path
from typing import Any

from tests.support.builders import NOW, dump, load, make_store, project
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plan.entities import (
    Group,
    Member,
    PlanTag,
    PlanTask,
    Segment,
    Status,
)
from toggl_desktop.store import tables

TODAY = NOW // 86400 + 719_163
"""The day of `NOW`: a Monday."""


class PlanDesk:
    """A store with two projects, two people and a task, and somebody who acts on it.

    `site` has the segments `draft` and `build`, the statuses `todo`, `doing` and `done`, and the
    tag `urgent`; nothing was ever planned in `shop`. `api` is Monday to Wednesday, Ann's.
    """

    def __init__(self, folder: Path) -> None:
        self.store = make_store(folder)
        self.now = NOW
        load(
            self.store,
            project("site", "Site", color="#2da608"),
            project("shop", "Shop"),
            Member("ann", "Ann", weight=0.0),
            Member("bob", "Bob", weight=1.0),
            Group("team", "Team", ("ann", "bob")),
            Segment("draft", "Draft", "site", 0),
            Segment("build", "Build", "site", 1),
            Status("todo", "To-do", "site", 0),
            Status("doing", "In progress", "site", 1),
            Status("done", "Done", "site", 2, is_done=True),
            PlanTag("urgent", "urgent", "site"),
            PlanTask(
                "api", "API", TODAY, TODAY + 2, project="site", segment="draft", status="todo",
                members=("ann",), tags=("urgent",), color="#ff9800",
            ),
        )  # fmt: skip

    def does(self, *commands: Any) -> str:
        """Does each; returns the name of the last step."""
        name = ""
        for command in commands:
            outcome = perform(self.store, command, Reading(self.now))
            assert outcome.error is None, outcome.error
            assert outcome.changes is not None
            name = outcome.changes.step
        return name

    def refused(self, command: Any) -> KnownError:
        """Asks for what is refused; nothing may have changed."""
        before = dump(self.store.place.database)
        outcome = perform(self.store, command, Reading(self.now))
        assert outcome.error is not None, "it was not refused"
        assert dump(self.store.place.database) == before
        return outcome.error

    def there_and_back(self, *commands: Any) -> str:
        """Does it, takes it back and does it again: all rows are as they were each time."""
        before = self.rows()
        name = self.does(*commands)
        after = self.rows()
        assert after != before
        for _ in commands:
            self.does(Undo())
        assert self.rows() == before
        for _ in commands:
            self.does(Redo())
        assert self.rows() == after
        return name

    def rows(self) -> dict[str, list[Any]]:
        """Returns what is there, deleted things left out."""
        kinds = ("project", "member", "plan_group", "segment", "status", "plan_tag", "plan_task")
        more = ("milestone", "time_off", "dependency", "time_entry")
        return {
            kind: self.store.source.rows(f"SELECT * FROM {kind} WHERE deleted = 0 ORDER BY lid")
            for kind in (*kinds, *more)
        }

    def all(self, cls: type, where: str = "") -> list[Any]:
        """Returns what is there of a kind, oldest first."""
        return tables.load(self.store.source, cls, f"WHERE deleted = 0 {where} ORDER BY lid")

    def one(self, cls: type, lid: str) -> Any:
        found = tables.get(self.store.source, cls, lid)
        assert found is not None
        return found

    def task(self, lid: str = "api") -> PlanTask:
        return self.one(PlanTask, lid)

    def named(self, name: str, cls: type = PlanTask) -> Any:
        (found,) = (one for one in self.all(cls) if one.name == name)
        return found
