"""From typed names to the things of a plan; a name nobody knows is refused with what is near it."""

from toggl_desktop.actions.names import AmbiguousNameError, UnknownNameError
from toggl_desktop.domain.folding import fold
from toggl_desktop.store.read import plan_tasks
from toggl_desktop.store.source import Source

_NEAR = 3
_ENOUGH = 60


def lid_of(source: Source, noun: str, text: str, project: str | None = None) -> str:
    """Returns the local id of what is called so, or has that (shortened) id.

    Args:
        source: Whom to ask.
        noun: What is meant: member, group, segment, status, plan tag, plan task or milestone.
        text: What was typed.
        project: Of which project it is; without one, of any.

    Raises:
        UnknownNameError: Nothing is called so.
        AmbiguousNameError: Several things are.
    """
    found = plan_tasks.named(source, noun, text, project)
    if not found:
        known = [name for _, name in plan_tasks.names(source, noun, project)]
        raise UnknownNameError(noun, text, nearest(known, text))
    if len(found) > 1:
        ends = ", ".join(lid[-8:] for lid, _ in found[:5])
        raise AmbiguousNameError(
            f"{len(found)} {_plural(noun)} are called “{found[0][1]}” ({ends}). "
            "Nothing was changed; name one by its id."
        )
    return found[0][0]


def _plural(noun: str) -> str:
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"


def nearest(known: list[str], text: str) -> list[str]:
    """Returns the names that are nearest to a typed one, best first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        text,
        list(dict.fromkeys(known)),
        scorer=fuzz.WRatio,
        processor=fold,
        limit=_NEAR,
        score_cutoff=_ENOUGH,
    )
    return [match for match, _, _ in found]
