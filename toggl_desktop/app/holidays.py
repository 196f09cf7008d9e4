"""The public holidays of a region, asked for day by day; a year is worked out once."""

from datetime import date
from functools import lru_cache

from toggl_desktop.system.holidays import PublicHolidays


class RegionDays:
    """Says of a day whether it is a holiday."""

    def __init__(self, region: str) -> None:
        self._region = region

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, int):
            return False
        return day in _known().year(self._region, date.fromordinal(day).year)


@lru_cache(maxsize=1)
def _known() -> PublicHolidays:
    return PublicHolidays()
