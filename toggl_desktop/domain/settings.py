"""Every setting with its default and its words; preferences and the file follow this list."""

from typing import Any, NamedTuple


class Settings(NamedTuple):
    """What a person may choose. The names are those in `settings.toml`."""

    theme: str = "system"
    first_weekday: str = "locale"
    weekend: str = "locale"
    time_format: str = "locale"
    length_format: str = "clock"
    tray_left_click: str = "window"
    tray_middle_click: str = "toggle"
    tray_project_dot: bool = True
    tray_icon_time: bool = False
    close_to_tray: bool = True
    told_about_tray: bool = False
    quit_while_running: str = "ask"
    welcomed: bool = False
    daily_backup: bool = True
    hotkey: str = "Ctrl+Alt+Space"
    plan_hide_weekends: bool = False
    plan_week_numbers: bool = False
    plan_no_one: bool = True
    plan_contrast: bool = False
    plan_patterns: bool = False
    plan_borders: bool = False
    plan_big: bool = False
    plan_push: bool = False
    track_url: str = ""
    certificate_authority: str = ""
    proxy: str = ""
    realtime: bool = False
    shortcuts: str = ""


class About(NamedTuple):
    """A setting's words.

    Attributes:
        label: What it does.
        choices: What can be chosen; empty for a yes or no and for a text.
        page: Where preferences show it; empty for what the program remembers by itself.
        hint: One more sentence, where the label is not enough.
    """

    label: str
    choices: tuple[str, ...] = ()
    page: str = ""
    hint: str = ""


WEEKENDS = {
    "saturday-sunday": (5, 6),
    "friday-saturday": (4, 5),
    "thursday-friday": (3, 4),
    "friday": (4,),
    "sunday": (6,),
    "none": (),
}
"""Weekends that can be chosen, with their weekdays: 0 for Monday."""

_CLICKS = ("window", "toggle", "menu", "nothing")
ABOUT: dict[str, About] = {
    "theme": About("Light or dark", ("system", "light", "dark"), "Look"),
    "time_format": About("Times of day", ("locale", "24", "12"), "Look"),
    "length_format": About(
        "Lengths and totals", ("clock", "decimal"), "Look", "The running clock keeps its seconds."
    ),
    "first_weekday": About(
        "First day of the week", ("locale", "monday", "sunday", "saturday"), "Look"
    ),
    "weekend": About(
        "Weekend",
        ("locale", *WEEKENDS),
        "Look",
        "What plans and calendars shade and leave out, and estimates skip.",
    ),
    "tray_left_click": About("Left click on the tray icon", _CLICKS, "Tray"),
    "tray_middle_click": About("Middle click on the tray icon", _CLICKS, "Tray"),
    "tray_project_dot": About("Show the project's colour in the tray icon", page="Tray"),
    "tray_icon_time": About(
        "Paint the running time in the tray icon",
        page="Tray",
        hint="Minutes; from an hour on, 1:05.",
    ),
    "close_to_tray": About("Closing the window keeps the timer in the tray", page="Tray"),
    "quit_while_running": About("Quitting while an entry runs", ("ask", "keep", "stop"), "Tray"),
    "hotkey": About(
        "Key that opens the palette from anywhere",
        page="Keys",
        hint="A global shortcut. Empty switches it off.",
    ),
    "daily_backup": About(
        "Back up once a day", page="Data", hint="Seven daily and four weekly copies are kept."
    ),
    "track_url": About(
        "Address of Toggl Track",
        page="Servers",
        hint="Empty is Toggl's own. It begins with https://; http:// is for this computer only.",
    ),
    "certificate_authority": About(
        "Extra certificate authority",
        page="Servers",
        hint="A PEM file of a company's own authority; it is added and replaces none.",
    ),
    "proxy": About(
        "Proxy",
        page="Servers",
        hint="http://host:port; empty is the system's. A name and a password for it go to the "
        "keyring: “toggl-desktop signin proxy”.",
    ),
    "realtime": About(
        "Hear of changes at once (experimental)",
        page="Servers",
        hint="Keeps a connection to Toggl that says when something changed elsewhere; it is read "
        "then, as the hour's limit allows. Toggl does not promise it, and nothing depends on it.",
    ),
    "shortcuts": About("Keys that were changed in the window's list of shortcuts"),
    "told_about_tray": About("The tray has been explained"),
    "plan_hide_weekends": About("Leave weekends out of the timeline", page="Plan"),
    "plan_week_numbers": About("Number the weeks", page="Plan"),
    "plan_no_one": About("Show a lane for tasks of no one", page="Plan"),
    "plan_contrast": About("Words and edges with the most contrast", page="Plan"),
    "plan_patterns": About(
        "Give each colour a pattern", page="Plan", hint="For eyes that see some colours alike."
    ),
    "plan_borders": About("Stronger lines around bars", page="Plan"),
    "plan_big": About("Larger words and bars", page="Plan"),
    "plan_push": About("Moving a task pushes the tasks that wait for it", page="Plan"),
    "welcomed": About("The ways to begin have been offered"),
}

CHOICE_WORDS = {
    "system": "as the system",
    "light": "light",
    "dark": "dark",
    "locale": "as the system",
    "24": "24 hours, 14:02",
    "12": "12 hours, 2:02 PM",
    "clock": "hours and minutes, 1:30",
    "decimal": "decimal hours, 1.50 h",
    "monday": "Monday",
    "sunday": "Sunday",
    "saturday": "Saturday",
    "saturday-sunday": "Saturday and Sunday",
    "friday-saturday": "Friday and Saturday",
    "thursday-friday": "Thursday and Friday",
    "friday": "Friday",
    "none": "no days",
    "window": "shows or hides the window",
    "toggle": "stops or continues",
    "menu": "opens the menu",
    "nothing": "does nothing",
    "ask": "asks",
    "keep": "lets it run on",
    "stop": "stops it",
}
"""How a choice is said to a person; the file has the short word."""

WEEKDAYS = {"monday": 0, "saturday": 5, "sunday": 6}


def sane(values: dict[str, Any]) -> Settings:
    """Returns settings from values read from a file; what is unknown or wrong keeps its default."""
    good: dict[str, Any] = {}
    for name, default in Settings._field_defaults.items():
        value = values.get(name)
        if type(value) is not type(default):
            continue
        choices = ABOUT[name].choices
        if not choices or value in choices:
            good[name] = value
    return Settings(**good)
