"""The palette itself: type, see what will happen, Enter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.actions.line import preview
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.commands import EnterLine, OverlapChoice
from toggl_desktop.domain.errors import KnownError, OverlapError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.grammar import Line, parse_line
from toggl_desktop.domain.instants import day_of
from toggl_desktop.store.read import catalog, entries, rights, suggest
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.planned import PlanGlance, Planned
from toggl_desktop.ui.switcher import completing, favourites
from toggl_desktop.ui.switcher.delegate import SuggestionDelegate
from toggl_desktop.ui.switcher.model import SuggestionModel, as_line
from toggl_desktop.ui.switcher.words import sentence
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE
from toggl_desktop.ui.widgets.text import label

WIDTH: Final = 560
ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class Done:
    """Something was started or added: the change set, for whoever shows an undo."""

    changes: ChangeSet


class Palette(QWidget):
    """Floats in the upper third of the current screen; Esc or a click elsewhere closes it.

    Signals:
        done(Done): A line was carried out.
    """

    done = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self._context = context
        self._known: list[Suggestion] = []
        self._projects: list[str] = []
        self._written: list[str] = []
        self._tags: list[str] = []
        self._last_stop: int | None = None
        self._plan: PlanGlance | None = None
        self._asks_about_overlaps = False
        self.setWindowTitle(self.tr("Switch"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._build()
        self._wire()

    def _build(self) -> None:
        self._edit = QLineEdit(self)
        self._edit.setFont(self._context.theme.font(SIZE.strong))
        self._edit.setPlaceholderText(self.tr("What are you working on? @project #tag -10m"))
        self._edit.setAccessibleName(self.tr("What to start"))
        self._edit.setMinimumHeight(SIZE.control_height + SPACE.small)
        self._edit.installEventFilter(self)
        self._preview = label("", role="body", tone="second", wraps=True)
        self._preview.setMinimumHeight(SPACE.wide)
        self._model = SuggestionModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(
            SuggestionDelegate(self._context.theme, self._context.clock, self._list)
        )
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._hint = label(
            self.tr(
                "Enter start · Shift+Enter add finished · Tab complete · "
                "Ctrl+B favourite · Esc close"
            ),
            role="caption",
        )
        column = QVBoxLayout(self)
        margin = SPACE.medium + 1
        column.setContentsMargins(margin, margin, margin, SPACE.small)
        column.setSpacing(SPACE.small)
        for widget in (self._edit, self._preview, self._list, self._hint):
            column.addWidget(widget)

    def _wire(self) -> None:
        self._edit.textEdited.connect(self._on_edit_text_edited)
        self._list.clicked.connect(self._on_list_clicked)
        self._context.bridge.changed.connect(self._on_bridge_changed)

    # Opening ------------------------------------------------------------------------------

    def offer(self, *, plan: PlanGlance | None) -> None:
        """Takes on somebody who knows what is planned for today."""
        self._plan = plan

    def open(self) -> None:
        """Shows the palette, empty, with what is likeliest first; or brings it to the front."""
        if not self.isVisible():
            self._edit.clear()
            self._read()
            self._refresh()
        self.setGeometry(self._place())
        self.show()
        self.raise_()
        self.activateWindow()
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def _read(self) -> None:
        source, now = self._context.source, self._context.clock.now().wall
        try:
            with source.snapshot():
                running = entries.running(source)
                self._known = [
                    one
                    for one in suggest.known(source)
                    if running is None or not favourites.is_content(one, running)
                ]
                self._written = list(catalog.written(source).values())
                self._projects = [*catalog.all_names(source, "project"), *self._written]
                self._tags = catalog.all_names(source, "tag")
                self._last_stop = entries.last_stop(source, now)
                if self._plan is not None:
                    self._add_planned(self._plan(day_of(now, self._context.zone())).tasks)
        except KnownError as error:
            self._preview.setText(error.sentence)

    def _add_planned(self, tasks: Sequence[Planned]) -> None:
        """Puts the plan tasks of today behind what was tracked last."""
        projects = {p.lid: p for p in catalog.projects(self._context.source)} if tasks else {}
        planned = [
            suggest.of_plan(task.name, projects.get(task.project or ""), task.task, task.note)
            for task in tasks
        ]
        place = sum(one.why == "recent" for one in self._known[: suggest.LATEST])
        self._known[place:place] = planned

    def _place(self) -> QRect:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        width = min(WIDTH, room.width() - 2 * SPACE.large)
        rows = min(ROWS, self._model.rowCount())
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(rows * max(self._list.sizeHintForRow(0), 0) + SPACE.hair)
        height = self.sizeHint().height()
        corner = QPoint(room.center().x() - width // 2, room.top() + room.height() // 5)
        return QRect(corner.x(), corner.y(), width, height)

    # Typing -------------------------------------------------------------------------------

    def _line(self) -> Line:
        now = self._context.clock.now().wall
        zone = self._context.zone()
        return parse_line(self._edit.text(), now, zone, self._projects, self._last_stop)

    def _refresh(self) -> None:
        line = self._line()
        words = f"{line.description} {line.project or ''}"
        self._model.show_rows(suggest.matching(self._known, words, ROWS))
        if not self._edit.text().strip() and self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(0))
        else:
            self._list.clearSelection()
            self._list.setCurrentIndex(self._model.index(-1))
        self._asks_about_overlaps = False
        self._show_preview()
        if self.isVisible():
            self.setGeometry(self._place())

    def _chosen(self) -> Suggestion | None:
        return self._model.at(self._list.currentIndex().row())

    def _wanted(self) -> Line:
        """Returns what Enter is about: the marked row with the typed times, or the line."""
        line = self._line()
        chosen = self._chosen()
        if chosen is None:
            return line
        return replace(
            line,
            description=chosen.description,
            project=chosen.project or None,
            tags=chosen.tags,
            billable=chosen.billable,
        )

    def _show_preview(self) -> None:
        self._hint.setVisible(not self._asks_about_overlaps)
        now = self._context.clock.now().wall
        line = self._wanted()
        if not self._edit.text().strip() and self._chosen() is None:
            self._preview.setText("")
            return
        seen = preview(self._context.source, line, now)
        twelve = self._context.preferences.now.time_format == "12"
        text = sentence(seen, now, self._context.zone(), self.tr, twelve_hours=twelve)
        if seen.overlaps and self._asks_about_overlaps:
            text += " · " + self.tr("Enter does so. Alt+Enter keeps both. Esc goes back.")
        self._preview.setText(text)

    # Doing --------------------------------------------------------------------------------

    def _enter(self, *, finished: bool = False, creates: bool = False, keeps: bool = False) -> None:
        line = self._wanted()
        now = self._context.clock.now().wall
        if finished and line.stop is None:
            if line.start is None:
                self._preview.setText(self.tr("Say how long it took: 1h30, 45m, -20m or 9-10:30."))
                return
            line = replace(line, stop=now)
        if creates and (why := rights.no_new(self._context.source, "project")):
            self._preview.setText(why)
            return
        choice: OverlapChoice = "ask"
        if keeps:
            choice = "keep"
        elif self._asks_about_overlaps:
            choice = "trim"
        chosen = self._chosen()
        task = None if chosen is None else chosen.plan_task
        outcome = self._context.perform(EnterLine(line, creates, choice, task))
        if isinstance(outcome.error, OverlapError):
            self._asks_about_overlaps = True
            self._show_preview()
        elif outcome.error is not None:
            self._preview.setText(outcome.error.sentence)
        elif outcome.changes is not None:
            self.hide()
            self.done.emit(Done(outcome.changes))

    def _keep(self) -> None:
        """Makes a favourite of the marked row, or takes it out of the favourites."""
        chosen = self._chosen()
        if chosen is None:
            self._preview.setText(self.tr("Mark a row with the arrow keys first."))
            return
        outcome = self._context.perform(favourites.turned(chosen))
        self._show_again(chosen)
        if outcome.error is not None:
            self._preview.setText(outcome.error.sentence)
        elif chosen.favourite is None:
            self._preview.setText(self.tr("Added to favourites. Ctrl+B takes it out again."))
        else:
            self._preview.setText(self.tr("No longer a favourite. Ctrl+B brings it back."))

    def _shift(self, by: int) -> None:
        """Moves the marked favourite within the favourites."""
        chosen = self._chosen()
        command = None
        if chosen is not None and chosen.favourite is not None:
            command = favourites.moved(self._context.source, chosen.favourite, by)
        if chosen is not None and command is not None:
            self._context.perform(command)
            self._show_again(chosen)

    def _show_again(self, marked: Suggestion) -> None:
        """Reads the list anew and marks the same content in it."""
        self._read()
        self._refresh()
        for row in range(self._model.rowCount()):
            one = self._model.at(row)
            if one is not None and favourites.is_same(one, marked):
                self._list.setCurrentIndex(self._model.index(row))
                self._show_preview()

    def _complete(self) -> None:
        """Completes the name that is being typed, else writes the marked or first row out."""
        text = self._edit.text()
        sign = completing.unfinished(text)
        row = self._list.currentIndex().row()
        unknown = self._unknown_project()
        if sign and row < 0:
            line = completing.with_name(text, self._written if sign == "@" else self._tags)
        elif row < 0 and unknown:
            line = completing.with_nearest(text, unknown, self._written)
        else:
            chosen = self._chosen() or self._model.at(0)
            line = None if chosen is None else f"{as_line(chosen)} "
            now, zone = self._context.clock.now().wall, self._context.zone()
            times = completing.time_words(text, now, zone, self._last_stop)
            if line is not None and times:
                line += f"{times} "
        if line is not None:
            self._edit.setText(line)
            self._refresh()

    def _unknown_project(self) -> str:
        """Returns the project that the line names and nobody knows."""
        name = self._line().project or ""
        folded = fold(name)
        return "" if any(fold(known) == folded for known in self._projects) else name

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            row = self._list.currentIndex().row()
            wanted = row + by if row >= 0 else (0 if by > 0 else count - 1)
            self._list.setCurrentIndex(self._model.index(max(-1, min(count - 1, wanted))))
            self._show_preview()

    # Events -------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress
        if watched is self._edit and is_press and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(
                finished=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
                creates=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
                keeps=bool(modifiers & Qt.KeyboardModifier.AltModifier),
            )
        elif key == Qt.Key.Key_Escape:
            if self._asks_about_overlaps:
                self._refresh()
            else:
                self.hide()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if key == Qt.Key.Key_Down else -1
            (self._shift if modifiers & Qt.KeyboardModifier.AltModifier else self._move)(by)
        elif key == Qt.Key.Key_B and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._keep()
        elif key == Qt.Key.Key_Tab:
            self._complete()
        else:
            return False
        return True

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._context.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        painter.setBrush(QColor(tokens.surface))
        frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS.card, RADIUS.card)
        painter.end()

    def _on_edit_text_edited(self, _text: str) -> None:
        self._refresh()

    def _on_list_clicked(self) -> None:
        self._enter()

    def _on_bridge_changed(self, _changes: ChangeSet) -> None:
        if self.isVisible():
            self._read()
            self._show_preview()
