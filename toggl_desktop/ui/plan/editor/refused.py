"""Texts that a task's fields could not take: kept until they are mended, over a restart too."""

import json
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal

from toggl_desktop.ui.plan.editor.entering import EnterField

_KEY: Final = "plan/refused"
_MOST_TASKS: Final = 100
_LONGEST: Final = 2000

Texts = dict[str, str]


class RefusedTexts:
    """By task and field, what was typed and not taken; written down at once, if there is where.

    A person may quit, or the program be killed, right after a refusal: what was typed is then
    there when the task is opened the next time.
    """

    def __init__(self) -> None:
        self._state: QSettings | None = None
        self._texts: dict[str, Texts] = {}

    def keep_in(self, state: QSettings | None) -> None:
        """Reads what was kept there, and keeps everything there from now on."""
        self._state = state
        if state is not None:
            self._texts = _read(str(state.value(_KEY) or ""))

    def of(self, lid: str) -> Texts:
        """Returns what a task's fields did not take, by field."""
        return dict(self._texts.get(lid, {}))

    def keep(self, lid: str, field: str, text: str) -> None:
        """Keeps what a field did not take."""
        texts = self._texts.pop(lid, {})
        self._texts[lid] = {**texts, field: text[:_LONGEST]}  # the newest stands last
        while len(self._texts) > _MOST_TASKS:
            del self._texts[next(iter(self._texts))]
        self._write()

    def forget(self, lid: str, field: str) -> None:
        """Forgets a text that was mended or dropped."""
        texts = self._texts.get(lid, {})
        if texts.pop(field, None) is None:
            return
        if not texts:
            del self._texts[lid]
        self._write()

    def _write(self) -> None:
        if self._state is not None:
            self._state.setValue(_KEY, json.dumps(self._texts, ensure_ascii=False))
            self._state.sync()


def _read(text: str) -> dict[str, Texts]:
    """Returns what `RefusedTexts` wrote; whatever else stands there is nothing."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        lid: {str(field): str(text) for field, text in texts.items()}
        for lid, texts in found.items()
        if isinstance(texts, dict)
    }


class Keeper(QObject):
    """Follows the fields of one editor: keeps what they refuse for the task that is shown.

    Signals:
        brought_back(): A text of an earlier time stands in a field again.
    """

    brought_back = Signal()

    def __init__(
        self, texts: RefusedTexts, fields: Mapping[str, EnterField], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._fields = fields
        self._lid: str | None = None
        for name, field in fields.items():
            field.setProperty("field", name)
            field.turned_down.connect(self._on_field_turned_down)
            field.settled.connect(self._on_field_settled)

    def leave(self) -> None:
        """Lets go of the task that was shown: what its fields refused is kept for it."""
        self._lid = None
        for field in self._fields.values():
            field.let_go()

    def arrive(self, lid: str) -> None:
        """Puts what a task's fields refused earlier into them again."""
        self._lid = lid
        kept = self._texts.of(lid)
        for name, field in self._fields.items():
            if name in kept:
                field.setText(kept[name])
                field.refuse()
        if kept:
            self.brought_back.emit()

    def refuse_unsaved(self, *names: str) -> None:
        """Marks those of the named fields that show something else than the task has."""
        for name in names:
            if name in self._fields and self._fields[name].differs:
                self._fields[name].refuse()

    def _on_field_turned_down(self) -> None:
        field = self.sender()
        if isinstance(field, EnterField) and self._lid is not None and field.text().strip():
            self._texts.keep(self._lid, str(field.property("field")), field.text())

    def _on_field_settled(self) -> None:
        field = self.sender()
        if isinstance(field, EnterField) and self._lid is not None:
            self._texts.forget(self._lid, str(field.property("field")))
