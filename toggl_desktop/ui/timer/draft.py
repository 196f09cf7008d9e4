"""What has been typed and chosen for the next entry, read as Enter will read it."""

from contextlib import suppress
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from toggl_desktop.actions import line as lines
from toggl_desktop.actions.line import Preview
from toggl_desktop.domain.commands import EditEntries, EnterLine
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.grammar import Line, parse_line
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.rights import WAITS
from toggl_desktop.store.read import catalog, entries, rights, suggest
from toggl_desktop.store.read.catalog import ProjectRow
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.store.source import Source
from toggl_desktop.ui.timer import rules
from toggl_desktop.ui.timer.details import Details
from toggl_desktop.ui.timer.wording import Wording, colour_of

_SHORT = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been chosen beside the typed line; the line has the last word.

    Attributes:
        project: Local id of a project, or the name of one to be made.
        creates_project: Whether it is to be made.
        new_client: The client it is made for.
    """

    project: str | None = None
    creates_project: bool = False
    tags: tuple[str, ...] = ()
    billable: bool | None = None
    start: int | None = None
    new_client: str = ""


class DraftReader(QObject):
    """Knows the names there are, and puts lines, drafts and entries into words."""

    def __init__(self, source: Source, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._wording = wording
        self.projects: list[ProjectRow] = []
        self.recent: list[str] = []
        self.tags: list[str] = []
        self.no_new_project = ""

    def read_names(self) -> None:
        """Reads what can be named. Raises StoreError."""
        self.projects = catalog.projects(self._source)
        self.recent = suggest.recent_projects(self._source)
        self.tags = catalog.tag_names(self._source)
        self.no_new_project = rights.no_new(self._source, "project")

    def command(self, text: str, draft: Draft) -> EnterLine:
        """Returns the command that Enter stands for."""
        line = self.line(text, draft)
        creates = draft.creates_project and line.project == draft.project
        client = draft.new_client or None if creates else None
        return EnterLine(line, creates_project=creates, new_client=client)

    def line(self, text: str, draft: Draft) -> Line:
        """Returns what a typed line and the choices beside it ask for together."""
        names = [project.name for project in self.projects]
        now = self._wording.now()
        last = entries.last_stop(self._source, now)
        line = parse_line(text, now, self._wording.zone, names, last)
        return replace(
            line,
            project=line.project if line.project is not None else draft.project,
            tags=tuple(dict.fromkeys((*draft.tags, *line.tags))),
            billable=line.billable if line.billable is not None else draft.billable,
            start=line.start if line.start is not None else draft.start,
        )

    # In words -----------------------------------------------------------------------------

    def details_of_row(self, row: EntryRow) -> Details:
        """Returns the details of what runs."""
        wording = self._wording
        start = wording.time(row.start)
        day = day_of(row.start, wording.zone)
        if day != wording.today():
            start = f"{wording.day(day)} {start}"
        return Details(
            project=row.project,
            project_name=row.project_name or "",
            color=colour_of(row),
            tags=row.tags,
            billable=row.billable,
            when=self.tr("since {time}").format(time=start),
            start=wording.time(row.start),
        )

    def details_of_line(self, line: Line) -> Details:
        """Returns the details of what will start."""
        wording = self._wording
        project = self._named(line.project)
        when = self.tr("now")
        if line.start is not None:
            when = self.tr("from {time}").format(time=wording.time(line.start))
            if line.stop is not None:
                when = wording.span(line.start, line.stop)
        return Details(
            project=project.lid if project else None,
            project_name=project.name if project else line.project or "",
            color=project.color if project else "",
            tags=line.tags,
            billable=bool(line.billable),
            when=when,
            start="" if line.start is None else wording.time(line.start),
        )

    def _named(self, name: str | None) -> ProjectRow | None:
        if name is None:
            return None
        lids = {name}
        with suppress(KnownError):  # the hint says it
            lids.update(lid for lid, _ in catalog.named(self._source, "project", name))
        return next((project for project in self.projects if project.lid in lids), None)

    def hint(self, command: EnterLine) -> str:
        """Returns what Enter will do; empty when it is what anybody would expect."""
        now = self._wording.now()
        try:
            preview = lines.preview(self._source, command.line, now)
        except KnownError as error:
            return error.sentence
        if preview.refusal is not None:
            return one_line(preview.refusal)
        return " · ".join([*self._timing(preview, now), *self._naming(preview, command)])

    def _timing(self, preview: Preview, now: int) -> list[str]:
        wording = self._wording
        parts = []
        if preview.line.stop is not None:
            span = wording.span(preview.start, preview.line.stop)
            parts.append(self.tr("Adds {span}").format(span=span))
        elif preview.line.start is not None and preview.start != now:
            parts.append(self.tr("Starts {time}").format(time=wording.time(preview.start)))
        if preview.trimmed is not None:
            name, at = preview.trimmed
            words = self.tr("“{name}” ends {time}")
            parts.append(words.format(name=self.short(name), time=wording.time(at)))
        if len(preview.overlaps) == 1:
            parts.append(self.tr("Meets one entry, asks first"))
        elif preview.overlaps:
            words = self.tr("Meets {count} entries, asks first")
            parts.append(words.format(count=len(preview.overlaps)))
        return parts

    def _naming(self, preview: Preview, command: EnterLine) -> list[str]:
        parts = []
        if preview.unknown_project is not None:
            name = one_line(preview.unknown_project, _SHORT)
            is_new = command.creates_project
            words = (
                self.tr("New project “{name}”") if is_new else self.tr("No project “{name}” yet")
            )
            parts.append(words.format(name=name))
            if preview.no_new_project:
                parts.append(preview.no_new_project)
        for tag in preview.new_tags:
            name = one_line(tag, _SHORT)
            parts.append(self.tr("New tag #{name}").format(name=name))
        if preview.rule:
            parts.append(preview.rule)
        return parts

    def lacks(self, row: EntryRow | None) -> str:
        """Returns what a running entry's workspace would not take of it once it stops."""
        if row is None:
            return ""
        now = self._wording.now()
        said = rules.of_one(self._source, row, rules.Filled(row.start, now, row.description))
        return said.removesuffix(WAITS).strip()  # while it runs it is sent

    def short(self, description: str) -> str:
        """Returns a description for the middle of a sentence."""
        return one_line(self._wording.title(description), _SHORT)


def takeover(entry: EntryId, known: Suggestion) -> EditEntries:
    """Returns the command that makes an entry what was tracked before, without when."""
    return EditEntries(
        (entry,),
        description=known.description,
        project=None if known.project is None else ProjectId(known.project),
        task=None if known.task is None else TaskId(known.task),
        tags=tuple(TagId(tag) for tag in known.tag_ids),
        billable=known.billable,
    )
