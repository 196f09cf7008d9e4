"""The tests mirror the rooms of `toggl_desktop`; `check` runs them all, and every other check."""
