"""What the preview line says: exactly what Enter will do, in the order it matters."""

from collections.abc import Callable
from datetime import tzinfo

from toggl_desktop.actions.line import Preview
from toggl_desktop.domain.errors import Overlap
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.words import short, time_of_day

Translate = Callable[[str], str]


def when(at: int, now: int, zone: tzinfo, *, twelve_hours: bool) -> str:
    """Returns `13:52`, with the date before it when it is not today."""
    clock = time_of_day(at, zone, twelve_hours=twelve_hours)
    day = day_of(at, zone)
    return clock if day == day_of(now, zone) else f"{day.isoformat()} {clock}"


def sentence(preview: Preview, now: int, zone: tzinfo, tr: Translate, *, twelve_hours: bool) -> str:
    """Returns the preview as one line; a refusal or a question takes the place of the rest."""
    if preview.refusal is not None:
        return preview.refusal
    if preview.unknown_project is not None:
        guess = tr("Near it: {names}.").format(names=" · ".join(preview.near))
        unknown = tr("There is no project “{name}”.").format(name=preview.unknown_project)
        if preview.no_new_project:
            parts = [unknown, guess, tr("Tab takes the nearest.")] if preview.near else [unknown]
            return " ".join([*parts, preview.no_new_project])
        if preview.near:
            return f"{unknown} {guess} {tr('Tab takes the nearest, Ctrl+Enter creates it.')}"
        return f"{unknown} {tr('Ctrl+Enter creates it.')}"

    def clock(at: int) -> str:
        return when(at, now, zone, twelve_hours=twelve_hours)

    line = preview.line
    parts = []
    if line.stop is not None:
        text = tr("Adds {start} – {stop}, {length}")
        length = short(line.stop - preview.start)
        parts.append(text.format(start=clock(preview.start), stop=clock(line.stop), length=length))
    else:
        parts.append(tr("Starts {start}").format(start=clock(preview.start)))
    if preview.project is not None:
        parts.append(f"◆ {preview.project}")
    new = tr("#{tag} (new)")
    parts += [new.format(tag=t) if t in preview.new_tags else f"#{t}" for t in line.tags]
    if line.billable:
        parts.append(tr("billable"))
    parts += _others(preview, clock, tr)
    if preview.rule:
        parts.append(preview.rule)
    return " · ".join(parts)


def _others(preview: Preview, clock: Callable[[int], str], tr: Translate) -> list[str]:
    """Returns what becomes of the running entry and of the neighbours."""
    parts = []
    if preview.trimmed is not None:
        description, at = preview.trimmed
        parts.append(tr("{what} ends {time}").format(what=quoted(description, tr), time=clock(at)))
    parts += [_met(overlap, clock, tr) for overlap in preview.overlaps[:3]]
    if len(preview.overlaps) > 3:
        parts.append(tr("{count} more in the way").format(count=len(preview.overlaps) - 3))
    if preview.beside:
        shared = tr("shares time with {what}; both stay")
        parts.append(shared.format(what=quoted(preview.beside[0], tr, tr("an entry"))))
        if len(preview.beside) > 1:
            parts.append(tr("and with others"))
    return parts


def quoted(description: str, tr: Translate, nameless: str = "") -> str:
    """Returns an entry's text in quotes, or words for one that has none."""
    if not description.strip():
        return nameless or tr("the running entry")
    return f"“{description[:39]}…”" if len(description) > 40 else f"“{description}”"


def _met(overlap: Overlap, clock: Callable[[int], str], tr: Translate) -> str:
    text = tr("removes {what}?") if overlap.swallowed else tr("shortens {what}?")
    nameless = tr("the entry of {time}").format(time=clock(overlap.start))
    return text.format(what=quoted(overlap.description, tr, nameless))
