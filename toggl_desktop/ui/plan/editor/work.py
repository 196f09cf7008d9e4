"""How much work it is."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plan import estimate
from toggl_desktop.domain.plan.dates import has_weekday
from toggl_desktop.domain.plan.entities import EstimateKind, PlanTask
from toggl_desktop.ui.plan.editor.edit import Edit
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.rows import Rows
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.text import label, tooltip


class Work(QObject):
    """The estimate's rows: how much, daily or in total, weekends or not, and all of it in words.

    Signals:
        edited(Edit): It is to be another.
        refused(KnownError): What was typed cannot be.
    """

    edited = Signal(object)
    refused = Signal(object)

    def __init__(self, rows: Rows, wording: Wording, panel: QWidget) -> None:
        super().__init__(panel)
        self._wording = wording
        self._task: PlanTask | None = None
        self.amount = EnterField(self.tr("Estimate"), panel)
        self.amount.setPlaceholderText(self.tr("4h 30m"))
        self.daily = QPushButton(self.tr("Daily"), panel)
        self.total = QPushButton(self.tr("Total"), panel)
        for button, words in (
            (self.daily, self.tr("So much on each day")),
            (self.total, self.tr("So much in all")),
        ):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setToolTip(words)
            mark(button, kind="quiet")
            button.clicked.connect(self._on_kind_clicked)
        self.skips = QCheckBox(self.tr("Skip weekends"), panel)
        self.skips.clicked.connect(self._on_skips_clicked)
        self.said = label(role="caption", parent=panel)
        rows.add(self.tr("Estimate"), self.amount, self.daily, self.total)
        rows.add("", self.skips, self.said)
        self.amount.entered.connect(self._on_amount_entered)

    @property
    def kind(self) -> EstimateKind:
        """Returns whether the figure is for a day or for all of them."""
        return "total" if self.total.isChecked() else "daily"

    def show_task(self, task: PlanTask) -> None:
        """Shows a task's estimate; times of day without one suggest theirs."""
        self._task = task
        minutes = task.estimate_minutes
        self.amount.offer_text(estimate.hours_and_minutes(minutes) if minutes else "")
        suggested = estimate.proposed(task.start_minute, task.end_minute)
        hint = self.tr("4h 30m") if suggested is None else estimate.hours_and_minutes(suggested)
        self.amount.setPlaceholderText(hint)
        self.daily.setChecked(task.estimate_kind == "daily")
        self.total.setChecked(task.estimate_kind == "total")
        only_weekend = task.start is not None and task.end is not None
        only_weekend = only_weekend and not has_weekday(
            task.start or 0, task.end or 0, self._wording.weekend()
        )
        self.skips.setEnabled(not only_weekend)
        self.skips.setToolTip(
            tooltip(self.tr("All of its days are a weekend's")) if only_weekend else ""
        )
        self.skips.setChecked(task.skips_weekend and not only_weekend)
        self.said.setText(
            estimate.summary(minutes, task.estimate_kind, skips_weekend=self.skips.isChecked())
        )

    def _edit(self, edit: Edit) -> None:
        self.edited.emit(edit)

    def _on_amount_entered(self, entered: Entered) -> None:
        try:
            minutes = estimate.parse_estimate(entered.text, self.kind)
        except KnownError as error:
            self.amount.refuse()
            self.refused.emit(error)
        else:
            self._edit(Edit.of(estimate_minutes=minutes, estimate_kind=self.kind))

    def _on_kind_clicked(self) -> None:
        is_total = self.sender() is self.total
        self.daily.setChecked(not is_total)
        self.total.setChecked(is_total)
        if self._task is not None and self._task.estimate_kind != self.kind:
            self._edit(Edit.of(estimate_kind=self.kind))

    def _on_skips_clicked(self) -> None:
        self._edit(Edit.of(skips_weekend=self.skips.isChecked()))
