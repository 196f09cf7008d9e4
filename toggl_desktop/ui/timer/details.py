"""The line under the running entry: project, tags, billable, since when; each is a field at once.

A press turns the line into that one field; Enter keeps, Esc drops.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QWidget

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read.catalog import ProjectRow
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.tokens import SIZE
from toggl_desktop.ui.widgets.chip import Chip
from toggl_desktop.ui.widgets.completion import ProjectField, TagsField
from toggl_desktop.ui.widgets.fields import TextField


@dataclass(frozen=True, slots=True)
class Details:
    """What the line shows.

    Attributes:
        project: Local id of the project; None also for a name that nobody knows yet.
        when: Since when it runs, or when it will start.
        start: What the field for the start begins with.
    """

    project: str | None = None
    project_name: str = ""
    color: str = ""
    tags: tuple[str, ...] = ()
    billable: bool = False
    when: str = ""
    start: str = ""


class DetailsLine(QStackedWidget):
    """Shows the details and says what a person wants them to be.

    Signals:
        project_wished(ProjectWish): Another project, none, or a new one.
        tags_wished(tuple): Names of tags.
        start_wished(str): A moment as typed.
        billable_wished(bool): Billable or not.
        picked(): A field was closed, kept or dropped; the keyboard needs a place.
    """

    project_wished = Signal(object)
    tags_wished = Signal(object)
    start_wished = Signal(object)
    billable_wished = Signal(object)
    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = Details()
        self._build_chips()
        self._build_fields()
        self._wire()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _build_chips(self) -> None:
        chips = QWidget(self)
        self.project = Chip(chips)
        self.tags = Chip(chips)
        self.tags.setIcon(icon("tag", "second"))
        self.billable = QToolButton(chips)
        self.billable.setCheckable(True)
        self.billable.setIcon(icon("billable", "second"))
        self.billable.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.billable.setAccessibleName(self.tr("Billable"))
        self.when = Chip(chips)
        self.more = QToolButton(chips)
        self.more.setIcon(icon("more", "second"))
        self.more.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.more.setAccessibleName(self.tr("Menu"))
        self.more.setToolTip(self.tr("Menu"))
        line = QHBoxLayout(chips)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.project)
        line.addWidget(self.tags)
        line.addWidget(self.billable)
        line.addStretch(1)
        line.addWidget(self.when)
        line.addWidget(self.more)
        self.addWidget(chips)

    def _build_fields(self) -> None:
        self.project_field = ProjectField(self.tr("Project"), self)
        self.tags_field = TagsField(self.tr("Tags, separated by commas"), self)
        self.start_field = TextField(self.tr("Start, for example 8:30, -15m, or 45m so far"), self)
        self.start_field.setPlaceholderText(self.tr("8:30, -15m, 45m so far, yesterday 14:20"))
        for field in (self.project_field, self.tags_field, self.start_field):
            self.addWidget(field)

    def _wire(self) -> None:
        self.project.clicked.connect(self.pick_project)
        self.tags.clicked.connect(self.pick_tags)
        self.when.clicked.connect(self.pick_start)
        self.billable.clicked.connect(self._on_billable_clicked)
        self.project_field.returnPressed.connect(self._on_project_field_return_pressed)
        self.tags_field.returnPressed.connect(self._on_tags_field_return_pressed)
        self.start_field.returnPressed.connect(self._on_start_field_return_pressed)
        for field in (self.project_field, self.tags_field, self.start_field):
            field.dropped.connect(self._on_field_dropped)
            field.left.connect(self._on_field_left)

    # Showing ------------------------------------------------------------------------------

    def set_known(
        self,
        projects: Sequence[ProjectRow],
        recent: Sequence[str],
        tags: Sequence[str],
        no_new: str = "",
    ) -> None:
        """Takes what can be chosen; projects used lately come first. `no_new`: why none is made."""
        self.project_field.set_projects(projects, recent)
        self.project_field.say_no_new(no_new)
        self.tags_field.set_tags(tags)

    def show_details(self, details: Details) -> None:
        """Shows details; a field that is open keeps what is typed in it."""
        self._details = details
        name = one_line(details.project_name)
        self.project.show_diamond(details.color)
        self.project.show_words(
            name or self.tr("Project"),
            self.tr("Project: {name}").format(name=name) if name else self.tr("Choose a project"),
        )
        tags = " ".join(f"#{one_line(tag)}" for tag in details.tags)
        self.tags.show_words(
            tags or self.tr("Tags"),
            self.tr("Tags: {names}").format(names=tags) if tags else self.tr("Choose tags"),
        )
        self.billable.setChecked(details.billable)
        is_billable = self.tr("Billable") if details.billable else self.tr("Not billable")
        self.billable.setToolTip(is_billable)
        self.billable.setIcon(icon("billable", "accent" if details.billable else "second"))
        self.when.show_words(
            details.when, self.tr("{when}. Change the start").format(when=details.when)
        )

    @property
    def is_open(self) -> bool:
        """Whether a field has taken the line's place."""
        return self.currentIndex() != 0

    def close_field(self) -> None:
        """Shows the line again."""
        if self.is_open:
            self.setCurrentIndex(0)
            self.picked.emit()

    # Choosing -----------------------------------------------------------------------------

    def pick_project(self) -> None:
        """Opens the field for the project."""
        self.project_field.show_project(self._details.project)
        self._open(self.project_field)
        self.project_field.open_offer()

    def pick_tags(self) -> None:
        """Opens the field for the tags."""
        self.tags_field.show_tags(self._details.tags)
        self._open(self.tags_field)
        self.tags_field.end(False)  # noqa: FBT003 - Qt's own

    def pick_start(self) -> None:
        """Opens the field for the start."""
        self.start_field.show_text(self._details.start)
        self._open(self.start_field)

    def _open(self, field: TextField) -> None:
        field.show_invalid(invalid=False)
        self.setCurrentWidget(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def show_invalid(self) -> None:
        """Marks the open field as refused; what is typed stays."""
        field = self.currentWidget()
        if isinstance(field, TextField):
            field.show_invalid(invalid=True)
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_project_field_return_pressed(self) -> None:
        self.project_wished.emit(self.project_field.wish())

    def _on_tags_field_return_pressed(self) -> None:
        self.tags_wished.emit(self.tags_field.wish())

    def _on_start_field_return_pressed(self) -> None:
        self.start_wished.emit(self.start_field.text())

    def _on_billable_clicked(self, checked: bool) -> None:  # noqa: FBT001
        self.billable_wished.emit(checked)

    def _on_field_dropped(self) -> None:
        self.close_field()

    def _on_field_left(self) -> None:
        """Leaving keeps what was typed, as Enter does; a field nobody touched just closes."""
        field = self.currentWidget()
        if not isinstance(field, TextField) or field.hasFocus():
            return
        if not field.is_edited:
            self.setCurrentIndex(0)
        elif field is self.project_field:
            self._on_project_field_return_pressed()
        elif field is self.tags_field:
            self._on_tags_field_return_pressed()
        else:
            self._on_start_field_return_pressed()
