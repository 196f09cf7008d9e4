"""Export from the plan window: what kind of file and which days, then where to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.actions.export import everything
from toggl_desktop.actions.files import file_name, write_new
from toggl_desktop.actions.plan.export import Part, table
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan import filters
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.bands import Steps, finished
from toggl_desktop.ui.plan.drawing import Wanted, Ways, drawn, form_of
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.picture import FORMS, TooLargeError
from toggl_desktop.ui.plan.timeline import Timeline
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import LIGHT, SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.timer.talk import Talk
from toggl_desktop.ui.widgets.text import label
from toggl_desktop.ui.widgets.working import Ended, Working

_PIXELS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be exported.

    Attributes:
        form: `pdf`, `png`, `svg`, `csv-plan`, `csv-plan-workspace`, `ics-plan` or `json`.
        low: The first day; None for no beginning.
        high: The last day; None for no end.
    """

    form: str
    low: int | None
    high: int | None

    @property
    def suffix(self) -> str:
        """How the file's name ends."""
        return "." + self.form.partition("-")[0]


class ExportDialog(QDialog):
    """Asks what kind of file, and which days; empty days mean all of them.

    Signals:
        wanted(Request): A person has chosen.
    """

    wanted = Signal(object)

    def __init__(self, saying: Saying, low: int, high: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._saying = saying
        self.setWindowTitle(self.tr("Export the plan"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = QComboBox(self)
        for form, name in (
            ("pdf", self.tr("PDF, pages to print")),
            ("png", self.tr("PNG, a picture")),
            ("svg", self.tr("SVG, a picture of shapes")),
            ("csv-plan", self.tr("CSV as Toggl Plan’s view has it")),
            ("csv-plan-workspace", self.tr("CSV as Toggl Plan’s workspace has it")),
            ("ics-plan", self.tr("ICS, for calendars")),
            ("json", self.tr("JSON, all there is: the whole plan and all time")),
        ):
            self.form.addItem(name, form)
        self.form.setAccessibleName(self.tr("Kind of file"))
        self.low = self._day(self.tr("From"), low)
        self.high = self._day(self.tr("To"), high)
        self.reason = label(tone="problem", parent=self)
        self.reason.hide()
        rows = QFormLayout()
        rows.setHorizontalSpacing(SPACE.large)
        rows.setVerticalSpacing(SPACE.small)
        for words_, field in (
            (self.tr("File"), self.form),
            (self.tr("From"), self.low),
            (self.tr("To"), self.high),
        ):
            rows.addRow(label(words_, tone="second", parent=self), field)
        self.buttons = QDialogButtonBox(self)
        self.export = QPushButton(self.tr("Export…"), self)
        mark(self.export, kind="primary")
        self.export.setDefault(True)
        self.buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.large)
        whole.setSpacing(SPACE.medium)
        whole.addLayout(rows)
        self.hint = label(role="caption", wraps=True, parent=self)
        whole.addWidget(self.hint)
        whole.addWidget(self.reason)
        whole.addWidget(self.buttons)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)
        self.form.currentIndexChanged.connect(self._show_hint)
        self._show_hint()

    def _show_hint(self) -> None:
        """Says what the chosen kind of file takes, before anybody relies on it."""
        form = str(self.form.currentData())
        for field in (self.low, self.high):
            field.setEnabled(form != "json")
        if form == "json":
            words = self.tr(
                "Everything, whatever the window shows; “toggl-desktop import” reads it again."
            )
        else:
            words = self.tr("The lanes and the filter of the window hold. Empty days mean all.")
        if form.startswith("csv"):
            words += " " + self.tr("Toggl Plan’s tables have tasks only: no milestones.")
        self.hint.setText(words)

    def _day(self, name: str, day: int) -> QLineEdit:
        field = QLineEdit(self._saying.day(day), self)
        field.setAccessibleName(name)
        field.setPlaceholderText(self.tr("All days"))
        return field

    def _on_buttons_accepted(self) -> None:
        days: list[int | None] = []
        for field in (self.low, self.high) if self.low.isEnabled() else ():
            text = field.text().strip()
            day = self._saying.parse(text) if text else None
            is_wrong = bool(text) and day is None
            mark(field, state="invalid" if is_wrong else "")
            if is_wrong:
                self._say(self.tr("“{text}” is not a day.").format(text=one_line(text, 40)))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            days.append(day)
        low, high = days or (None, None)
        if low is not None and high is not None and high < low:
            self._say(self.tr("The last day is before the first."))
            return
        self._tell(Request(str(self.form.currentData()), low, high))
        self.accept()

    def _say(self, sentence: str) -> None:
        self.reason.setText(sentence)
        self.reason.show()

    def _tell(self, request: Request) -> None:
        self.wanted.emit(request)


class PlanExport(QObject):
    """Writes what a timeline shows into a file; a large one is drawn between events."""

    def __init__(self, kit: Kit, timeline: Timeline, talk: Talk, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit, self._timeline, self._talk, self._window = kit, timeline, talk, parent
        self._saying = Saying(kit.context, self)
        self._request: Request | None = None
        self._lacks = ""
        self._target: Path | None = None
        self._is_well = True
        self.working: Working | None = None
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )

    def show(self) -> None:
        """Asks what is to be exported, beginning with the days in sight."""
        low, high = self._timeline.view.days_in_sight
        dialog = ExportDialog(self._saying, low, high, self._window)
        dialog.wanted.connect(self._on_dialog_wanted)
        dialog.open()

    def _on_dialog_wanted(self, request: Request) -> None:
        self._request = request
        dialog = QFileDialog(self._window, self.tr("Export the plan"), self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(request.suffix[1:])
        dialog.setNameFilter(f"*{request.suffix}")
        dialog.selectFile(file_name(self._title(), request.suffix))
        dialog.fileSelected.connect(self._on_dialog_file_selected)
        dialog.open()

    def _on_dialog_file_selected(self, name: str) -> None:
        if self._request is not None and name:
            self.write(self._request, Path(name))

    def write(self, request: Request, target: Path) -> bool:
        """Writes the file and says so; the dialog has asked before one is replaced.

        A large picture is drawn between events, and written when it is done.

        Returns:
            Whether nothing has failed so far.
        """
        self._folder = str(target.parent)
        try:
            if request.form not in FORMS:
                return self._write(target, self.made(request))
            steps = self._picture(request)
        except KnownError as error:
            self._talk.say_failure(error.sentence, "")
            return False
        self._lacks, self._target, self._is_well = "", target, True
        words = self.tr("Drawing {name}…").format(name=one_line(target.name, 120))
        failures = (KnownError, TooLargeError)
        self.working = Working(self.tr("Export"), words, self._window, *failures)
        self.working.ended.connect(self._on_working_ended)
        self.working.begin(steps)
        return self._is_well

    def _on_working_ended(self, how: Ended) -> None:
        target, self._target = self._target, None
        self._is_well = how.value is not None
        if self.working is not None:
            self.working.deleteLater()
            self.working = None
        if how.value is not None and target is not None:
            self._is_well = self._write(target, how.value)
        elif isinstance(how.error, TooLargeError):
            self._talk.say_failure(f"{how.error} {self.tr('Nothing was written.')}", "")
        elif isinstance(how.error, KnownError):
            self._talk.say_failure(how.error.sentence, "")
        else:
            self._talk.say_notice(self.tr("The export was stopped. Nothing was written."))

    def _write(self, target: Path, data: bytes) -> bool:
        try:
            write_new(target, data, may_replace=True)
        except KnownError as error:
            self._talk.say_failure(error.sentence, "")
            return False
        said = self.tr("Exported to {name}.").format(name=one_line(target.name, 120))
        self._talk.say_notice(f"{said} {self._lacks}".rstrip())
        return True

    def made(self, request: Request) -> bytes:
        """Returns the bytes of the file.

        Raises:
            KnownError: The plan cannot be read.
            TooLargeError: A picture would be too large.
        """
        context, model = self._kit.context, self._timeline.model
        self._lacks = ""
        if request.form == "json":
            return everything(context.source, context.clock.now().wall, context.zone())
        if request.form in FORMS:
            return finished(self._picture(request))
        bars = self._bars()
        shown = model.shown
        part = Part(
            request.low,
            request.high,
            {shown.lid} if shown.grouping == "project" and shown.lid is not None else None,
            lids=frozenset(bar.lid for bar in bars),
            weekend=self._kit.wording.weekend(),
        )
        now = context.clock.now().wall
        data, self._lacks = table(context.source, part, request.form, now)
        return data

    def _bars(self) -> list[Bar]:
        """Returns the bars of the timeline that is shown, those without days too."""
        model = self._timeline.model
        test = filters.matcher(model.wanted, model.plan)
        members = self._members()
        shown = model.shown
        project = shown.lid if shown.grouping == "project" else None
        return [
            bar
            for bar in model.bars
            if (test is None or test(bar))
            and (members is None or not members.isdisjoint(bar.members))
            and (project is None or bar.project == project)
        ]

    def _members(self) -> frozenset[str] | None:
        """Returns whose lanes are shown; None for everybody."""
        shown, plan = self._timeline.model.shown, self._timeline.model.plan
        if shown.grouping != "team" or shown.lid is None:
            return None
        return frozenset(
            lid for group in plan.groups if group.lid == shown.lid for lid in group.members
        )

    def _title(self) -> str:
        shown, plan = self._timeline.model.shown, self._timeline.model.plan
        rows = plan.groups if shown.grouping == "team" else plan.projects
        found = next((row.name for row in rows if row.lid == shown.lid), "")
        if found:
            return found
        return self.tr("Team") if shown.grouping == "team" else self.tr("Projects")

    def _picture(self, request: Request) -> Steps:
        plan = self._timeline.model.plan._replace(bars=self._bars())
        context, now = self._kit.context, self._kit.context.preferences.now
        form, shown = form_of(request.form), self._timeline.model.shown
        projects = None
        if shown.grouping == "project":
            wanted = plan.projects if shown.lid is None else ()
            projects = frozenset(row.lid for row in wanted) or frozenset({shown.lid or ""})
        looks = Looks(
            LIGHT if form == "pdf" else context.theme.tokens,  # paper is white
            self._timeline.scene.looks.switches,
            _PIXELS if form == "png" else 1.0,
        )
        weekend = self._kit.wording.weekend()
        hidden = weekend if now.plan_hide_weekends else frozenset()
        return drawn(
            plan,
            Wanted(form, request.low, request.high, projects, self._members(), hidden,
                   self._title()),
            Ways(looks, self._kit.wording.minute, self._saying.today(),
                 self._kit.wording.first_weekday(), context.holidays, weekend),
        )  # fmt: skip
