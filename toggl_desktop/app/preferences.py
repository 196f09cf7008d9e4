"""The settings in force, and the one way to change them."""

from pathlib import Path

from toggl_desktop.domain.settings import Settings
from toggl_desktop.store import settings
from toggl_desktop.ui.bridge import Bridge


class FilePreferences:
    """Settings kept in `settings.toml`; a change is written before it is told."""

    def __init__(self, path: Path, bridge: Bridge) -> None:
        self._path = path
        self._bridge = bridge
        self._now = settings.load(path)

    @property
    def now(self) -> Settings:
        """The settings in force."""
        return self._now

    def look_again(self) -> None:
        """Takes over what was changed outside, in a terminal or an editor, and tells everybody."""
        fresh = settings.load(self._path)
        if fresh != self._now:
            self._now = fresh
            self._bridge.tell_settings_changed()

    def choose(self, name: str, value: object) -> None:
        """Writes one setting and tells everybody. Raises RefusedError for what is not allowed."""
        self._now = settings.save(self._path, name, value)
        self._bridge.tell_settings_changed()
