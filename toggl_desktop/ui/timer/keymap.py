"""Which key does what: the defaults, and what a person has chosen instead."""

import json
from collections.abc import Iterable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.ui.context import Preferences


class Keymap(QObject):
    """Gives actions their keys, by their names, and keeps what is changed in the settings.

    Signals:
        changed(): Some key is another.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._actions: dict[str, list[QAction]] = {}
        self._defaults: dict[str, list[QKeySequence]] = {}

    def add(self, actions: Iterable[QAction]) -> None:
        """Takes actions that have names and default keys; several may share a name."""
        for action in actions:
            known = self._actions.setdefault(action.objectName(), [])
            if action not in known:
                known.append(action)
                self._defaults.setdefault(action.objectName(), action.shortcuts())
        self.apply()

    @property
    def actions(self) -> list[QAction]:
        """One action for each name, in the order they were added."""
        return [actions[0] for actions in self._actions.values()]

    @property
    def is_changed(self) -> bool:
        """Whether any key is another than by default."""
        return bool(self._chosen())

    def apply(self) -> None:
        """Gives every action the keys that are in force."""
        chosen = self._chosen()
        for name, actions in self._actions.items():
            keys = self._defaults[name]
            if name in chosen:
                keys = [QKeySequence(chosen[name])] if chosen[name] else []
            for action in actions:
                action.setShortcuts(keys)
        self.changed.emit()

    def choose(self, name: str, key: QKeySequence) -> None:
        """Gives an action another key, or none.

        Raises:
            RefusedError: Another action has that key, or the settings cannot be written.
        """
        for other, actions in self._actions.items():
            if other != name and not key.isEmpty() and key in actions[0].shortcuts():
                words = self.tr("{key} belongs to “{what}” already. Nothing was changed.")
                native = key.toString(QKeySequence.SequenceFormat.NativeText)
                raise RefusedError(words.format(key=native, what=actions[0].iconText()))
        chosen = self._chosen()
        if [key] == self._defaults[name][:1]:
            chosen.pop(name, None)
        else:
            chosen[name] = key.toString(QKeySequence.SequenceFormat.PortableText)
        self._keep(chosen)

    def reset(self) -> None:
        """Gives every action its default keys. Raises RefusedError."""
        self._keep({})

    def _keep(self, chosen: dict[str, str]) -> None:
        text = json.dumps(chosen, sort_keys=True) if chosen else ""
        self._preferences.choose("shortcuts", text)
        self.apply()

    def _chosen(self) -> dict[str, str]:
        found: object = {}
        with suppress(ValueError):
            found = json.loads(self._preferences.now.shortcuts or "{}")
        if not isinstance(found, dict):
            return {}
        return {k: v for k, v in found.items() if isinstance(k, str) and isinstance(v, str)}
