"""Import into the plan window: a file, what it would bring, and then one step."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QLocale, QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from toggl_desktop.actions.plan.exchange import PlanImport
from toggl_desktop.actions.plan.taking import Look, look, opened
from toggl_desktop.actions.work import Work, bringing, looking
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.commands import ImportPlanFile
from toggl_desktop.ui.dialogs import chosen, question
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.timer.talk import Talk
from toggl_desktop.ui.widgets.aside import Aside
from toggl_desktop.ui.widgets.working import Ended

MUCH: Final = 50_000
"""Bytes, some 500 tasks: from here on a file is worth a thread and a store of its own."""
_TOLD = 3


class PlanIntake(QObject):
    """Asks for a file of Toggl Plan's, says what it would bring, and brings it when told to."""

    def __init__(self, kit: Kit, talk: Talk, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit, self._talk, self._window = kit, talk, parent
        self._seen: Look | None = None
        self._command: ImportPlanFile | None = None
        self.aside: Aside | None = None
        self._choices: tuple[str, ...] = ()
        self._box: QMessageBox | None = None
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DownloadLocation
        )

    def show(self) -> None:
        """Asks for a file."""
        dialog = QFileDialog(self._window, self.tr("Import Toggl Plan’s tasks"), self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Tables (*.csv *.tsv *.txt)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_dialog_file_selected)
        dialog.open()

    def _on_dialog_file_selected(self, name: str) -> None:
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Looks at a file and asks whether it shall come in; a large one beside the loop."""
        self._folder = str(path.parent)
        if not self._is_free():
            return
        try:
            size = path.stat().st_size
        except OSError:
            size = 0  # reading it says why
        if not self._is_much(size):
            self._look_here(path)
            return
        self._look_aside(path.name, looking(path))

    def _is_free(self) -> bool:
        if self.aside is not None:
            sentence = self.tr("A file is being imported. Repeat it when that has ended.")
            self._talk.say_notice(sentence)
        return self.aside is None

    def _is_much(self, size: int) -> bool:
        return size >= MUCH and self._kit.context.beside is not None

    def _look_here(self, what: Path | ImportPlanFile) -> None:
        try:
            command = opened(what) if isinstance(what, Path) else what
            self._show(look(self._kit.context.source, command))
        except KnownError as error:
            self._talk.say_failure(error.sentence, "")

    def _look_again(self, command: ImportPlanFile) -> None:
        """Looks at the same file, now that it is known how its dates are written."""
        if not self._is_much(len(command.data)):
            self._look_here(command)
            return
        self._look_aside(command.name, looking(command))

    def _look_aside(self, name: str, work: Work) -> None:
        sentence = self.tr("Reading {name}…").format(name=one_line(name, 120))
        self._begin(sentence, work, self._on_look_ended)

    def _on_look_ended(self, how: Ended) -> None:
        self._forget_aside()
        if how.error is None and how.value is None:
            self._say_stopped()
        elif isinstance(how.error, KnownError):
            self._talk.say_failure(how.error.sentence, "")
        else:
            self._show(how.value)

    def _show(self, seen: Look) -> None:
        """Says what a file would bring, or asks what has to be known before."""
        self._seen = seen
        if seen.plan is None:
            sentence = self.tr("How is the date {example} written in this file?")
            choices = (self.tr("Day first"), self.tr("Month first"), self.tr("Cancel"))
            self._ask(sentence.format(example=one_line(seen.example, 40)), choices)
            return
        verb = self.tr("Leave them out and import") if seen.plan.bad else self.tr("Import")
        self._ask(self._told(seen, seen.plan), (verb, self.tr("Cancel")))

    def _ask(self, sentence: str, choices: tuple[str, ...]) -> None:
        self._choices = choices
        self._box = question(self._window, self.tr("Import"), sentence, choices)
        self._box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box.finished.connect(self._on_box_finished)
        self._box.open()

    def _told(self, seen: Look, plan: PlanImport) -> str:
        """Returns what a file would bring, in a few lines."""
        count = self.tr("1 task") if plan.new == 1 else self.tr("{n} tasks").format(n=plan.new)
        if seen.days is not None:
            first, last = (
                QLocale().toString(QDate(day.year, day.month, day.day), self.tr("d MMM yyyy"))
                for day in seen.days
            )
            count = self.tr("{count}, {first} – {last}").format(count=count, first=first, last=last)
        lines = [count]
        if plan.duplicates:
            lines.append(self.tr("{n} here already").format(n=plan.duplicates))
        words = {
            "clients": self.tr("New clients: {names}"),
            "projects": self.tr("New projects: {names}"),
            "members": self.tr("New people: {names}"),
        }
        for kind, sentence in words.items():
            if names := plan.made.get(kind, ()):
                shown = ", ".join(one_line(name, 40) for name in names[:5])
                shown += f" +{len(names) - 5}" if len(names) > 5 else ""
                lines.append(sentence.format(names=shown))
        if plan.bad:
            one, many = self.tr("1 line cannot be read:"), self.tr("{n} lines cannot be read:")
            lines.append(one if len(plan.bad) == 1 else many.format(n=len(plan.bad)))
            for bad in plan.bad[:_TOLD]:
                sentence = self.tr("Line {line}: {reason}")
                lines.append(sentence.format(line=bad.line, reason=one_line(bad.reason, 80)))
        return "\n".join(lines)

    def _on_box_finished(self, _result: int) -> None:
        box, seen = self._box, self._seen
        self._box = self._seen = None
        if box is None or seen is None:
            return
        place = chosen(box, self._choices)
        if place == len(self._choices) - 1:
            return
        if len(self._choices) > 2:
            self._look_again(replace(seen.command, date_order="dmy" if place == 0 else "mdy"))
        else:
            self._bring(replace(seen.command, skips_bad=True), seen)

    def _bring(self, command: ImportPlanFile, seen: Look) -> None:
        """Brings a file in as one step, a large one beside the loop."""
        if not self._is_much(len(command.data)):
            self._kit.performer.do(command)
            return
        work = bringing(command, seen, self._kit.context.clock.now())
        self._command = command
        sentence = self.tr("Importing {name}…").format(name=one_line(command.name, 120))
        self._begin(sentence, work, self._on_import_ended)

    def _on_import_ended(self, how: Ended) -> None:
        self._forget_aside()
        command, self._command = self._command, None
        if how.error is None and how.value is None:
            self._say_stopped()
        elif isinstance(how.error, KnownError):
            self._kit.performer.refuse(command, how.error)
        else:
            self._kit.performer.hear(command, how.value)

    def _begin(self, sentence: str, work: Work, ended: Callable[[Ended], None]) -> None:
        beside = self._kit.context.beside
        assert beside is not None
        self.aside = Aside(self.tr("Import"), sentence, self._window)
        self.aside.ended.connect(ended)
        self.aside.begin(beside(work))

    def _forget_aside(self) -> None:
        if self.aside is not None:
            self.aside.deleteLater()
            self.aside = None

    def _say_stopped(self) -> None:
        self._talk.say_notice(self.tr("The import was stopped. Nothing was imported."))
