"""Import into the plan window: a file, what it would bring, and then one step."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from toggl_desktop.actions.plan.exchange import PlanImport
from toggl_desktop.actions.plan.taking import Look, look
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.commands import ImportPlanFile
from toggl_desktop.ui.dialogs import chosen, question
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.timer.talk import Talk

_LARGEST = 50 * 1024 * 1024
_TOLD = 3


class PlanIntake(QObject):
    """Asks for a file of Toggl Plan's, says what it would bring, and brings it when told to."""

    def __init__(self, kit: Kit, talk: Talk, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit, self._talk, self._window = kit, talk, parent
        self._command: ImportPlanFile | None = None
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
        """Looks at a file and asks whether it shall come in."""
        self._folder = str(path.parent)
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except OSError as error:
            reason = error.strerror or self.tr("it cannot be opened")
            sentence = self.tr("{name} cannot be read: {reason}. Nothing was imported.")
            name = one_line(path.name, 120)
            self._talk.say_failure(sentence.format(name=name, reason=reason), "")
            return
        self._look(ImportPlanFile(data, path.name))

    def _look(self, command: ImportPlanFile) -> None:
        try:
            seen = look(self._kit.context.source, command)
        except KnownError as error:
            self._talk.say_failure(error.sentence, "")
            return
        self._command = command
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
        box, command = self._box, self._command
        self._box = self._command = None
        if box is None or command is None:
            return
        place = chosen(box, self._choices)
        if place == len(self._choices) - 1:
            return
        if len(self._choices) > 2:
            self._look(replace(command, date_order="dmy" if place == 0 else "mdy"))
        else:
            self._kit.performer.do(replace(command, skips_bad=True))
