"""Every setting with its default and its words; preferences and the file follow this list."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose. The names are those in `settings.toml`."""

    theme: str = "system"
    first_weekday: str = "locale"
    time_format: str = "locale"
    tray_left_click: str = "window"
    tray_middle_click: str = "toggle"
    tray_project_dot: bool = True
    close_to_tray: bool = True
    told_about_tray: bool = False
    daily_backup: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """A setting's words and, for a choice, what can be chosen."""

    label: str
    choices: tuple[str, ...] = ()


_CLICKS = ("window", "toggle", "menu", "nothing")
ABOUT: dict[str, About] = {
    "theme": About("Light or dark", ("system", "light", "dark")),
    "first_weekday": About("First day of the week", ("locale", "monday", "sunday", "saturday")),
    "time_format": About("Times of day", ("locale", "24", "12")),
    "tray_left_click": About("Left click on the tray icon", _CLICKS),
    "tray_middle_click": About("Middle click on the tray icon", _CLICKS),
    "tray_project_dot": About("Show the project's colour in the tray icon"),
    "close_to_tray": About("Closing the window keeps the timer in the tray"),
    "told_about_tray": About("The tray has been explained"),
    "daily_backup": About("Back up once a day"),
}

WEEKDAYS = {"monday": 0, "saturday": 5, "sunday": 6}


def sane(values: dict[str, Any]) -> Settings:
    """Returns settings from values read from a file; what is unknown or wrong keeps its default."""
    good: dict[str, Any] = {}
    for field in fields(Settings):
        value = values.get(field.name)
        if type(value) is not type(field.default):
            continue
        choices = ABOUT[field.name].choices
        if not choices or value in choices:
            good[field.name] = value
    return Settings(**good)
