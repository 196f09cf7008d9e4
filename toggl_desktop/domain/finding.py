"""Which names a few typed letters mean, best first."""

from collections.abc import Iterable
from typing import Final

from toggl_desktop.domain.folding import fold

_NONE: Final = 9


def found(typed: str, names: Iterable[str]) -> list[int]:
    """Returns the places of the names that typed letters may mean, best first.

    Best is the same name, then one that begins so, then one with a word that begins so, then one
    that contains it, then one that has the letters in this order. Ties keep the names' order.
    """
    wanted = fold(typed.strip())
    ranked = []
    for place, name in enumerate(names):
        rank = _rank(wanted, fold(name)) if wanted else 0
        if rank < _NONE:
            ranked.append((rank, place))
    return [place for _, place in sorted(ranked)]


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    at = name.find(wanted)
    if at >= 0:
        return 2 if any(word.startswith(wanted) for word in name.split()) else 3
    letters = iter(name)
    return 4 if all(letter in letters for letter in wanted if letter != " ") else _NONE
