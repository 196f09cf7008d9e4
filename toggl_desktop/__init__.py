"""Toggl Desktop: a tray timer with the plan next to the clock."""

__version__ = "0.1.0"
