"""`backup`, `restore`, `doctor`: the store's well-being."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.context import Finding
from toggl_desktop.cli.words import Clock, columns
from toggl_desktop.domain.errors import RefusedError, StoreDamagedError, StoreError
from toggl_desktop.domain.instants import iso, local
from toggl_desktop.store import backup, recovery, schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.failures import DamagedFileError
from toggl_desktop.store.source import Source

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.place import Place

_MARKS = {True: "ok", False: "!!", None: "--"}


def _times(context: Context) -> Clock:
    return Clock(context.now.wall, context.zone, twelve_hours=context.twelve_hours())


# Backup and restore ------------------------------------------------------------------------


def _backup(context: Context, given: Given) -> None:
    if given.has("list"):
        _list_backups(context, given)
        return
    name = given.value("output")
    target = None if name is None else Path(name).absolute()
    if target is not None and not _is(target.parent, "directory"):
        raise RefusedError(f"There is no directory {target.parent}. Nothing was written.")
    with Store(context.place) as store:
        path = backup.make(store, context.now.wall, target)
    if given.has("json"):
        context.output.json({"path": str(path), "time": iso(context.now.wall)})
    else:
        context.output.line(f"Backed up to {path}.")


def _is(path: Path, what: Literal["file", "directory"]) -> bool:
    try:
        return path.is_file() if what == "file" else path.is_dir()
    except OSError:  # a name that no file can have
        return False


def _list_backups(context: Context, given: Given) -> None:
    known = backup.known(context.place)
    if given.has("json"):
        context.output.json_list([{"path": str(b.path), "time": iso(b.at)} for b in known])
        return
    if not known:
        context.output.line("There are no backups yet; “toggl-desktop backup” makes one.")
    times = _times(context)
    for line in columns([(times.at(b.at), str(b.path)) for b in known], frozenset({0})):
        context.output.line(line)


def _restore(context: Context, given: Given) -> None:
    name, is_fresh = given.maybe("FILE"), given.has("fresh")
    if name is not None and is_fresh:
        raise given.usage("“--fresh” starts an empty store and takes no FILE.")
    file = None if name is None else Path(name).absolute()
    if file is not None and not _is(file, "file"):
        raise RefusedError(f"There is no file {file}. Nothing was changed.")
    if _has_store(context):
        _go_back(context, file, is_fresh=is_fresh)
    else:
        _recover(context, file, is_fresh=is_fresh)


def _has_store(context: Context) -> bool:
    """Tells whether there is a store to restore into; one that cannot be used is set aside."""
    try:
        with Store(context.place):
            return True
    except StoreDamagedError:
        return False
    except StoreError as error:
        if not _is_planted(context.place):
            raise
        recovery.damaged(context.place, DamagedFileError(error.sentence))
        return False


def _is_planted(where: Place) -> bool:
    """Tells whether something stands in the file that could act on its own: it goes aside too."""
    try:
        with closing(schema.connect(where.database, reading=True)) as connection:
            source = Source(connection)
            if schema.needs_migration(source):
                return False
            try:
                schema.refuse_strange(source)
            except DamagedFileError:
                return False
            except StoreError:
                return True
    except StoreError:
        return False
    return False


def _go_back(context: Context, file: Path | None, *, is_fresh: bool) -> None:
    if is_fresh:
        raise RefusedError(
            "There is a store, and it can be used. Nothing was changed; “--fresh” is for one "
            "that is damaged or missing."
        )
    path = file or _newest(context)
    with context.writing() as store:
        kept = backup.restore(store, path, context.now.wall)
    context.output.line(
        f"Restored {path}. What was here before is kept in {kept}; "
        "“toggl-desktop undo” goes back to it."
    )


def _newest(context: Context) -> Path:
    """Returns the newest good backup that was not made by a restore."""
    for one in backup.known(context.place):
        if one.is_ordinary:
            try:
                backup.examine(one.path)
            except RefusedError:
                continue
            return one.path
    raise RefusedError(
        f"There is no good backup in {context.place.backups}. Nothing was changed; name a FILE."
    )


def _recover(context: Context, file: Path | None, *, is_fresh: bool) -> None:
    found = recovery.recover(context.place, file, fresh=is_fresh)
    context.machine.poke(context.place.directory)
    if is_fresh:
        context.output.line("Started an empty store; what was there before is kept beside it.")
        return
    begun = "the log of edits" if found.backup is None else str(found.backup)
    edits = f"{found.replayed} later {'edit' if found.replayed == 1 else 'edits'} came back"
    skipped = f", {found.skipped} could not be read" if found.skipped else ""
    context.output.line(f"Restored from {begun}; {edits}{skipped}.")


# Doctor ------------------------------------------------------------------------------------


def _doctor(context: Context, given: Given) -> None:
    items: list[dict[str, object]] = []
    faults, error = 0, None
    for part, finding, trouble in _findings(context):
        faults += finding.is_good is False
        error = error or trouble
        if given.has("json"):
            items.append({"part": part, "good": finding.is_good, "sentence": finding.sentence})
        else:
            context.output.line(f"{_MARKS[finding.is_good]}  {part:<9} {finding.sentence}")
            context.output.flush()  # some of it takes seconds
    if given.has("json"):
        context.output.json_list(items)
    context.output.flush()
    if error is not None:
        raise error
    if faults:
        noun = "One thing needs" if faults == 1 else f"{faults} things need"
        raise RefusedError(f"{noun} mending; it is marked {_MARKS[False]} above.")


def _findings(context: Context) -> Iterator[tuple[str, Finding, StoreError | None]]:
    """Yields what is found, part by part, with the store's failure where there is one."""
    yield "program", Finding(_versions(), is_good=True), None
    try:
        for finding in _store(context):
            yield "store", finding, None
    except StoreError as error:
        yield "store", Finding(error.sentence, is_good=False), error
    zone, now = context.zone, context.now
    time = f"It is {local(now.wall, zone):%Y-%m-%d %H:%M} in {zone}."
    yield "clock", Finding(time, is_good=True), None
    if now.boot is None:
        yield "clock", Finding("Nothing here would notice that the clock is moved."), None
    for part, look in context.machine.probes.items():
        for finding in look(now, context.place):
            yield part, finding, None


def _versions() -> str:
    from toggl_desktop import __version__

    machine = f"{platform.system()} {platform.release()}"
    return f"Toggl Desktop {__version__} on Python {platform.python_version()}, {machine}."


def _store(context: Context) -> Iterator[Finding]:
    where = context.place
    if not schema.is_there(where):
        recovery.refuse_to_start_over(where)
        yield Finding(f"There is no store in {where.directory} yet; the first entry makes it.")
        return
    with Store(where) as store:
        source = store.source
        count = source.value("SELECT count(*) FROM time_entry WHERE deleted = 0")
        megabytes = where.database.stat().st_size / 1e6
        sqlite = source.value("SELECT sqlite_version()")
        noun = "entry" if count == 1 else "entries"
        about = f"{count} {noun}, {megabytes:.1f} MB in {where.database} (SQLite {sqlite})."
        problems = store.check(full=True)
        yield Finding(about) if problems else Finding(f"It is sound: {about}", is_good=True)
        for problem in problems:
            yield Finding(problem, is_good=False)
        if store.replayed:
            yield Finding(f"{store.replayed} edits came back from the log just now.")
    newest = next(iter(backup.known(where)), None)
    if newest is None:
        yield Finding("There is no backup yet.")
    else:
        yield Finding(f"The newest backup is of {_times(context).at(newest.at)}.", is_good=True)


COMMANDS = (
    Command(
        "backup",
        "writes a complete, checked copy of the store",
        _backup,
        options=(
            Option(
                "output", "where to; else into the data directory", "FILE", "o", completes="file"
            ),
            Option("list", "list the backups there are instead"),
            JSON,
        ),
    ),
    Command(
        "restore",
        "goes back to a backup, by default to the newest good one",
        _restore,
        words=(Word("FILE", "the backup", "?", completes="file"),),
        options=(Option("fresh", "start an empty store in place of a damaged or missing one"),),
        details=(
            "Where the store is damaged or missing, the edits made after the backup come back from "
            "the log. What was there before is always kept."
        ),
    ),
    Command(
        "doctor",
        "checks the store, and what this computer offers",
        _doctor,
        options=(JSON,),
        details=(
            "ok is as it should be, -- is not there and not needed, !! needs mending. Nothing is "
            "changed, and nothing secret is printed."
        ),
    ),
)
