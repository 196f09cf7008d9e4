"""Public holidays of most countries and their regions, worked out on this machine."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

_REGION: Final = re.compile(r"([A-Z]{2})(?:-(.{1,40}))?", re.DOTALL)
_SMALL: Final = frozenset({"and", "of", "the", "da"})
_SPELLED: Final = {
    "hongkong": "Hong Kong",
    "dr_congo": "DR Congo",
    "guinea_bissau": "Guinea-Bissau",
    "timor_leste": "Timor-Leste",
    "burkina_faso": "Burkina Faso",
}
_NONE: Final[Mapping[int, str]] = {}


class Region(NamedTuple):
    """Somewhere with holidays of its own: `DE-BY`, Germany, Bayern; a whole country has no part."""

    code: str
    country: str
    part: str = ""

    @property
    def name(self) -> str:
        """Its name in a list."""
        return f"{self.country}, {self.part}" if self.part else self.country


class PublicHolidays:
    """Days that people have off by law, by region; nothing is asked of any server.

    The library behind it costs a tenth of a second when it is first needed, a year of a region a
    millisecond; both are paid once.
    """

    def __init__(self, language: str | None = None) -> None:
        """Makes one that names the days in a language, `de` or `en_US`, where it is known."""
        self._language = _machine_language() if language is None else language
        self._years: dict[tuple[str, int], Mapping[int, str]] = {}

    def days(self, region: str, low: int, high: int) -> dict[int, str]:
        """Returns the holidays of a region from one day to another, both included, with names.

        A region that is not known has none.
        """
        if not region or high < low:
            return {}
        first, last = date.fromordinal(max(low, 1)).year, date.fromordinal(max(high, 1)).year
        return {
            day: name
            for year in range(first, last + 1)
            for day, name in self.year(region, year).items()
            if low <= day <= high
        }

    def year(self, region: str, year: int) -> Mapping[int, str]:
        """Returns the holidays of a region in a year, with their names."""
        key = (region, year)
        if key not in self._years:
            self._years[key] = self._worked_out(region, year)
        return self._years[key]

    def knows(self, region: str) -> bool:
        """Tells whether a region is one that has holidays here."""
        match = _REGION.fullmatch(region)
        if match is None or match[1] not in self._parts:
            return False
        return match[2] is None or match[2] in self._parts[match[1]]

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """All regions that are known, by name; a country stands before its parts."""
        from holidays import country_holidays
        from holidays.registry import COUNTRIES

        found = []
        for key, (_, code, *_others) in COUNTRIES.items():
            country = _SPELLED.get(key) or " ".join(
                word if word in _SMALL else word.capitalize() for word in key.split("_")
            )
            found.append(Region(code, country))
            if parts := self._parts.get(code):
                names: dict[str, str] = {}
                for name, part in type(country_holidays(code)).subdivisions_aliases.items():
                    names.setdefault(part, name)
                found += [
                    Region(f"{code}-{part}", country, names.get(part, part)) for part in parts
                ]
        return tuple(sorted(found, key=_by_name))

    @cached_property
    def _parts(self) -> Mapping[str, list[str]]:
        from holidays import list_supported_countries

        return list_supported_countries(include_aliases=False)

    def _worked_out(self, region: str, year: int) -> Mapping[int, str]:
        if not self.knows(region):
            return _NONE
        from holidays import country_holidays

        country, _, part = region.partition("-")
        spoken = type(country_holidays(country)).supported_languages
        found = country_holidays(
            country, subdiv=part or None, years=year, language=self._spoken(spoken)
        )
        return {day.toordinal(): name for day, name in found.items()}

    def _spoken(self, among: tuple[str, ...]) -> str | None:
        """Returns the nearest language there is; None is the country's own."""
        wanted = self._language
        if wanted in among:
            return wanted
        short = wanted.partition("_")[0]
        return next((one for one in among if one.partition("_")[0] == short), None)


def _by_name(region: Region) -> tuple[str, bool, str]:
    return region.country, bool(region.part), region.part


def _machine_language() -> str:
    """Returns the language of messages, `de_AT`; English where none is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            word = value.partition(".")[0].partition("@")[0]
            return "en_US" if word in {"C", "POSIX"} else word
    return "en_US"
