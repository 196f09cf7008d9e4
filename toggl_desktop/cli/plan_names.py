"""Names of a plan's things on the command line, and the way out where one is not known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toggl_desktop.domain.errors import RefusedError

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.store.source import Source


@contextmanager
def ways_out(given: Given) -> Iterator[None]:
    """Adds to a refusal of a name that `--create` makes what is called so."""
    from toggl_desktop.actions.names import UnknownNameError

    has_create = any(option.name == "create" for option in given.command.options)
    try:
        yield
    except UnknownNameError as error:
        if not has_create or error.kind not in {"project", "member", "segment", "status"}:
            raise
        raise RefusedError(f"{error.sentence[:-1]}; --create makes it.") from error


def lid_of_plan(source: Source, noun: str, text: str, project: str | None = None) -> Any:  # noqa: ANN401
    """Returns the id of what is called so, of any kind that a plan has."""
    from toggl_desktop.actions.plan.naming import lid_of

    return lid_of(source, noun, text, project)


def project_of(source: Source, given: Given) -> Any:  # noqa: ANN401 - an id of a project, or None
    """Returns the id of the project that `--project` names."""
    from toggl_desktop.cli.lines import lid

    name = given.value("project")
    return None if not name else lid(source, "project", name)
