"""`events`: what happened, one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toggl_desktop.cli import shapes
from toggl_desktop.cli.arguments import Command, Given, Option
from toggl_desktop.domain import events
from toggl_desktop.domain.entities import Client, Entity, Project, Workspace
from toggl_desktop.domain.instants import iso
from toggl_desktop.store import bindings, journal, tables
from toggl_desktop.store.read import entries

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.source import Source

_STEPS_AT_ONCE = 200


class Reader:
    """Reads the journal's steps as events, in order, each once.

    Attributes:
        seq: The last step that was told.
    """

    def __init__(self, seq: int) -> None:
        self.seq = seq

    def news(self, source: Source) -> list[shapes.Json]:
        """Returns the events of the next steps; empty when there are none."""
        with source.snapshot():
            while True:
                changes = journal.changes_since(source, self.seq, _STEPS_AT_ONCE)
                reached = _last_of(source, self.seq)
                if reached == self.seq:
                    return []
                self.seq = reached
                teller = _Teller(source)
                found = [event for change in changes for event in teller.told(change)]
                if found:
                    return found


def _last_of(source: Source, seq: int) -> int:
    """Returns the last of the next steps: those without changes count too."""
    return int(
        source.value(
            "SELECT coalesce(max(seq), ?) FROM "
            "(SELECT seq FROM step WHERE seq > ? ORDER BY seq LIMIT ?)",
            (seq, seq, _STEPS_AT_ONCE),
        )
    )


class _Teller:
    """Turns changes into events at one moment of the store; each name is looked up once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tags: dict[str, str] | None = None
        self._known: dict[tuple[str, str], Entity | None] = {}

    def told(self, change: journal.ChangeRow) -> list[shapes.Json]:
        kinds = events.kinds(change.kind, change.before, change.after)
        if not kinds:
            return []
        entity = self._entity(change)
        return [
            {
                "seq": change.seq,
                "time": iso(change.at),
                "kind": kind,
                "origin": change.origin,
                "entity": entity,
            }
            for kind in kinds
        ]

    def _entity(self, change: journal.ChangeRow) -> shapes.Json:
        """Returns the row as it was after the change, with names as they are now."""
        values = change.after
        if change.kind == "time_entry":
            return shapes.entry(self._entry(values), change.at)
        if change.kind == "plan_task":
            return self._plan_task(values, change.at)
        if change.kind == "milestone":
            return self._milestone(values)
        known: shapes.Json = {"id": change.lid, "name": values["name"]}
        if change.kind == "project":
            known |= {
                "color": values["color"],
                "client": self._name(Client, values["client"]),
                "client_id": values["client"],
                "workspace": self._name(Workspace, values["workspace"]),
                "billable": values["billable"],
            }
        elif change.kind == "task":
            known |= {
                "project": self._name(Project, values["project"]),
                "project_id": values["project"],
                "estimate_seconds": values["estimate_seconds"],
            }
        elif change.kind == "workspace":
            known["required"] = values["required"]
        return known | ({"archived": values["archived"]} if "archived" in values else {})

    def _plan_task(self, values: dict[str, Any], at: int) -> shapes.Json:
        """Returns a plan task in its usual shape."""
        from toggl_desktop.cli import plan_shapes
        from toggl_desktop.domain.plan.entities import Member, PlanTag, Segment, Status
        from toggl_desktop.store.read.plan import PLAIN_COLOR, tracked
        from toggl_desktop.store.read.plan_tasks import TaskRow

        project = self._thing(Project, values["project"])
        color = project.color if isinstance(project, Project) else PLAIN_COLOR
        bound = bindings.get(self._source, "plan", "plan_task", values["lid"])
        lid = values["lid"]
        row = TaskRow(
            lid=lid,
            name=values["name"],
            start=values["start"],
            end=values["end"],
            start_minute=values["start_minute"],
            end_minute=values["end_minute"],
            project=values["project"],
            project_name=self._name(Project, values["project"]),
            segment=self._name(Segment, values["segment"]),
            status=self._name(Status, values["status"]),
            is_done=values["is_done"],
            members=self._names(Member, values["members"]),
            member_ids=tuple(values["members"]),
            tags=self._names(PlanTag, values["tags"]),
            estimate_minutes=values["estimate_minutes"],
            estimate_kind=values["estimate_kind"],
            color=values["color"] or color,
            notes=values["notes"],
            repeat=values["repeat"],
            sync=_sync(bound),
            plan_id=None if bound is None else bound.rid,
        )
        return plan_shapes.task(row, tracked(self._source, at, [lid]).get(lid, 0))

    def _milestone(self, values: dict[str, Any]) -> shapes.Json:
        """Returns a milestone in its usual shape."""
        from toggl_desktop.cli import plan_shapes
        from toggl_desktop.domain.plan.entities import Group
        from toggl_desktop.store.read.plan_tasks import MilestoneRow

        bound = bindings.get(self._source, "plan", "milestone", values["lid"])
        return plan_shapes.milestone(
            MilestoneRow(
                lid=values["lid"],
                name=values["name"],
                day=values["day"],
                is_done=values["is_done"],
                is_holiday=values["is_holiday"],
                project=self._name(Project, values["project"]),
                group=self._name(Group, values["group"]),
                color=values["color"],
                sync=_sync(bound),
                plan_id=None if bound is None else bound.rid,
            )
        )

    def _names(self, cls: type[Entity], lids: list[str]) -> tuple[str, ...]:
        return tuple(name for lid in lids if (name := self._name(cls, lid)) is not None)

    def _entry(self, values: dict[str, Any]) -> entries.EntryRow:
        if self._tags is None:
            self._tags = entries.tag_names(self._source)
        project = self._thing(Project, values["project"])
        client = project.client if isinstance(project, Project) else None
        bound = bindings.get(self._source, "track", "time_entry", values["lid"])
        return entries.EntryRow(
            lid=values["lid"],
            description=values["description"],
            project=values["project"],
            project_name=self._name(Project, values["project"]),
            color=None,
            client=self._name(Client, client),
            task=values["task"],
            task_name=None,
            tags=tuple(self._tags[tag] for tag in values["tags"] if tag in self._tags),
            tag_ids=tuple(values["tags"]),
            billable=values["billable"],
            start=values["start"],
            stop=values["stop"],
            plan_task=values["plan_task"],
            sync=_sync(bound),
            problem=None if bound is None or bound.hold is None else bound.hold.get("text"),
            track_id=None if bound is None else bound.rid,
        )

    def _thing(self, cls: type[Entity], lid: str | None) -> Entity | None:
        if lid is None:
            return None
        key = (cls.kind, lid)
        if key not in self._known:
            self._known[key] = tables.get(self._source, cls, lid)
        return self._known[key]

    def _name(self, cls: type[Entity], lid: str | None) -> str | None:
        return getattr(self._thing(cls, lid), "name", None)


def _sync(bound: bindings.Binding | None) -> str:
    if bound is None:
        return "local"
    if bound.hold is not None:
        return "problem"
    return "unsent" if bound.unsent else "synced"


def _events(context: Context, given: Given) -> None:
    since = given.value("since")
    if since is not None and (not since.isdecimal() or len(since) > 18):
        raise given.usage(f"“{since}” is no step number.")
    if not given.has("follow"):
        with context.reading() as source:
            reader = Reader(int(since or 0))
            while found := reader.news(source):
                for event in found:
                    context.output.json(event)
        return
    from toggl_desktop.cli.follow import follow

    reader = Reader(-1 if since is None else int(since))

    def show(source: Source, _has_changed: bool) -> None:  # noqa: FBT001 - as `follow` says it
        if reader.seq < 0:
            reader.seq = journal.last_seq(source)
        while found := reader.news(source):
            for event in found:
                context.output.json(event)
            context.output.flush()

    follow(context, show, lambda: None)


COMMANDS = (
    Command(
        "events",
        "prints what happened, one JSON object a line",
        _events,
        options=(
            Option("follow", "go on with whatever happens next, until interrupted"),
            Option(
                "since", "only what came after this step; else all, or with --follow none", "SEQ"
            ),
        ),
        details=(
            "Kinds: time_entry, project, client, tag, task, workspace, plan_task and milestone, "
            "each with created, updated and deleted, and time_entry.started and "
            "time_entry.stopped. Several events can have one seq: they were one step. The entity "
            "is the row as it was after the step, with names as they are now."
        ),
    ),
)
