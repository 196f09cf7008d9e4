"""How the person's country writes weeks and times of day."""

from collections.abc import Mapping

_NAMED = {"monday": 0, "saturday": 5, "sunday": 6}
# CLDR's week data: the countries whose weeks do not begin on Monday.
_FRIDAY = "MV"
_SATURDAY = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY"
_SUNDAY = (
    "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT "
    "MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
)
_WEEKENDS = {
    (4, 5): "BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE",
    (3, 4): "AF",
    (4,): "IR",
    (6,): "IN UG",
}
"""Likewise the countries that do not rest on Saturday and Sunday."""


def first_weekday(choice: str, environment: Mapping[str, str]) -> int:
    """Returns 0 for Monday … 6 for Sunday: what was chosen, else what the locale's country does."""
    if choice in _NAMED:
        return _NAMED[choice]
    country = _country(environment)
    if country in _SUNDAY.split():
        return 6
    if country in _SATURDAY.split():
        return 5
    return 4 if country in _FRIDAY.split() else 0


def weekend(choice: str, environment: Mapping[str, str]) -> frozenset[int]:
    """Returns the weekdays people rest on, 0 for Monday: as chosen, else as their country does."""
    from toggl_desktop.domain.settings import WEEKENDS

    if choice in WEEKENDS:
        return frozenset(WEEKENDS[choice])
    country = _country(environment)
    for days, countries in _WEEKENDS.items():
        if country in countries.split():
            return frozenset(days)
    return frozenset({5, 6})


def _country(environment: Mapping[str, str]) -> str:
    name = next((v for k in ("LC_ALL", "LC_TIME", "LANG") if (v := environment.get(k))), "")
    return name.partition(".")[0].partition("@")[0].partition("_")[2].upper()


def twelve_hours(choice: str) -> bool:
    """Tells whether times of day are written with AM and PM: as chosen, else as the locale does."""
    if choice != "locale":
        return choice == "12"
    import locale

    try:
        before = locale.setlocale(locale.LC_TIME)
        locale.setlocale(locale.LC_TIME, "")
        try:
            form = locale.nl_langinfo(locale.T_FMT)
        finally:
            locale.setlocale(locale.LC_TIME, before)
    except (locale.Error, AttributeError):
        return False
    return any(mark in form for mark in ("%p", "%r", "%I"))
