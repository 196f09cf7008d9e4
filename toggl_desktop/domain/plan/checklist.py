"""A checklist's lines: added, renamed, ticked, moved, removed. Each line is (id, words, done)."""

Line = tuple[str, str, bool]


def added(lines: tuple[Line, ...], text: str) -> tuple[Line, ...]:
    """Returns the lines with one more for each line of a text; empty ones are left out."""
    found = list(lines)
    for words in text.splitlines():
        if words.strip():
            found.append((_free(found), words.strip(), False))
    return tuple(found)


def _free(lines: list[Line]) -> str:
    """Returns an id that no line of this checklist has; the smallest number that is free."""
    taken = {lid for lid, _, _ in lines}
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def renamed(lines: tuple[Line, ...], lid: str, words: str) -> tuple[Line, ...]:
    """Returns the lines with one that says something else."""
    return tuple((one, words.strip() if one == lid else was, done) for one, was, done in lines)


def ticked(lines: tuple[Line, ...], lid: str) -> tuple[Line, ...]:
    """Returns the lines with one done that was not, or the other way round."""
    return tuple((one, words, done != (one == lid)) for one, words, done in lines)


def removed(lines: tuple[Line, ...], lid: str) -> tuple[Line, ...]:
    """Returns the lines without one."""
    return tuple(line for line in lines if line[0] != lid)


def moved(lines: tuple[Line, ...], lid: str, by: int) -> tuple[Line, ...]:
    """Returns the lines with one of them so many places further down, or as far as it goes."""
    found = list(lines)
    place = next((n for n, line in enumerate(found) if line[0] == lid), None)
    if place is not None:
        line = found.pop(place)
        found.insert(max(0, min(place + by, len(found))), line)
    return tuple(found)
