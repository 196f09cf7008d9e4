"""Public holidays: regions, names in the person's language, and no fault on odd input."""

import os
import subprocess
import sys
from datetime import date

import pytest

from toggl_desktop.system.holidays import PublicHolidays, Region


def day(month: int, of: int, year: int = 2026) -> int:
    return date(year, month, of).toordinal()


def test_a_part_of_a_country_has_more_days_than_the_country() -> None:
    holidays = PublicHolidays("de_AT")
    low, high = day(1, 1), day(12, 31)
    country, part = holidays.days("DE", low, high), holidays.days("DE-BY", low, high)
    assert country[day(10, 3)] == "Tag der Deutschen Einheit"
    assert day(1, 6) not in country
    assert part[day(1, 6)] == "Heilige Drei Könige"


def test_a_range_across_new_year_holds_both_ends() -> None:
    found = PublicHolidays("en_GB").days("GB", day(12, 25, 2025), day(1, 1))
    assert (min(found), max(found)) == (day(12, 25, 2025), day(1, 1))
    assert found[day(1, 1)] == "New Year's Day"


@pytest.mark.parametrize(
    "region",
    [
        "",
        "XX",
        "DE-XX",
        "de",
        "DE-",
        "-",
        "D",
        "../DE",
        "DE-" + "B" * 4000,
        "DE\n",
        "\x00",
        "DE-BY-",
    ],
)
def test_a_region_nobody_knows_has_no_holidays(region: str) -> None:
    holidays = PublicHolidays("en_US")
    assert not holidays.knows(region)
    assert holidays.days(region, day(1, 1), day(12, 31)) == {}


def test_odd_years_and_ranges_are_no_fault() -> None:
    holidays = PublicHolidays("xx")
    assert holidays.days("DE", day(2, 2), day(1, 1)) == {}
    assert holidays.days("DE", -5, 3) == {}
    assert holidays.days("DE", date.max.toordinal(), date.max.toordinal()) == {}


def test_a_year_is_worked_out_once() -> None:
    holidays = PublicHolidays("en_US")
    assert holidays.year("FR", 2027) is holidays.year("FR", 2027)


def test_every_region_in_the_list_is_known_and_reads_well() -> None:
    holidays = PublicHolidays("en_US")
    regions = holidays.regions
    names = [region.name for region in regions]
    assert Region("DE-BY", "Germany", "Bayern") in regions
    assert {"Germany", "Bosnia and Herzegovina", "Hong Kong", "Czechia"} <= set(names)
    assert all(holidays.knows(region.code) for region in regions)
    assert len({r.code for r in regions}) == len(regions) > 500
    assert names.index("Germany") < names.index("Germany, Bayern")


def test_without_a_language_the_machines_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert PublicHolidays().year("DE", 2026)[day(1, 1)] == "Neujahr"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert PublicHolidays().year("DE", 2026)[day(1, 1)] == "New Year's Day"


def test_the_library_is_not_loaded_before_somebody_asks() -> None:
    code = (
        "import sys; from toggl_desktop.system.holidays import PublicHolidays as P\n"
        "P().days('', 1, 9)\n"
        "assert 'holidays' not in sys.modules, 'loaded'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))
