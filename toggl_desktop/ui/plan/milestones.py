"""Milestones under hand and keyboard: made by a click on a day's head, moved by dragging."""

from typing import Final

from PySide6.QtCore import QEvent, QLineF, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from toggl_desktop.domain.ids import GroupId, MilestoneId, ProjectId
from toggl_desktop.domain.plan.commands import AddMilestone, DeletePlanThing, EditMilestone
from toggl_desktop.domain.plan.rows import MilestoneRow
from toggl_desktop.ui.plan.deeds import Deeds, EditWanted, Part
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.plan.gestures import Deed, Draft
from toggl_desktop.ui.plan.naming import Named, NameField
from toggl_desktop.ui.plan.overlay import Glass
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.text import menu_text

_THRESHOLD: Final = 4
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SIDES: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_E)


class MilestoneHand(QObject):
    """Sits on the timeline's header, and has its mouse and keys.

    Attributes:
        project: Whose project new milestones are for; None for everyone's.
        group: Which group they are for.
    """

    def __init__(self, view: PlanView, deeds: Deeds, saying: Saying, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._top = view.top
        self._deeds = deeds
        self._saying = saying
        self.project: str | None = None
        self.group: str | None = None
        self.current: str | None = None
        self._glass = Glass(theme, view.viewport())
        self._pressed: tuple[QPoint, int, tuple[MilestoneRow, ...]] | None = None
        self._moved_to: int | None = None
        self.name = NameField(view.viewport())
        self.menu = QMenu(view)
        self._top.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._top.installEventFilter(self)
        self.name.named.connect(self._on_name_named)
        self.name.dropped.connect(self._on_name_dropped)
        self.menu.triggered.connect(self._on_menu_triggered)
        view.edge.moved.connect(self._on_edge_moved)

    # Finding ------------------------------------------------------------------------------

    @property
    def _rows(self) -> list[MilestoneRow]:
        return self._view.scene.milestones

    def row(self, lid: str | None) -> MilestoneRow | None:
        """Returns a milestone that is shown."""
        return next((row for row in self._rows if row.lid == lid), None)

    def _day_at(self, place: QPoint) -> int:
        return self._view.axis.day(place.x() + self._view.left)

    def _flagged(self, place: QPoint) -> tuple[MilestoneRow, ...]:
        x = place.x() + self._view.left
        flag = self._top.painter.flag_at(self._view.scene, x, place.y())
        return () if flag is None else flag.rows

    # Making -------------------------------------------------------------------------------

    def ask_for_name(self, day: int) -> None:
        """Asks for the name of a milestone on a day, at the top of the chart."""
        low, high = self._view.days_in_sight
        if not low <= day <= high:
            self._view.show_day(day)
        draft = Draft(Deed.CREATE, (), day, day)
        about = self.tr("{day} · Enter marks it").format(day=self._saying.day(day))
        self._line(day)
        self.name.open_for(draft, about, asks=self.tr("Name of the milestone"))
        x = self._view.x_of(day)
        self.name.place(QRect(x, 2, 1, 1))

    def _line(self, day: int, words: str = "", colour: str = "") -> None:
        middle = (self._view.x_of(day) + self._view.x_of(day + 1)) / 2
        height = self._view.viewport().height()
        if words:
            self._glass.show_line(QLineF(middle, height, middle, 14), words, colour)
        else:
            self._glass.show_line(QLineF(middle, height, middle, 0), "", colour)

    def _on_name_named(self, named: Named) -> None:
        draft = self.name.draft
        if draft is None:
            return
        project = None if self.project is None else ProjectId(self.project)
        group = None if self.group is None or project is not None else GroupId(self.group)
        outcome = self._deeds.attempt(
            AddMilestone(named.name, draft.start, project=project, group=group)
        )
        if outcome.error is not None:
            self.name.show_refused(outcome.error)
            return
        made = () if outcome.changes is None else tuple(outcome.changes.ids("milestone"))
        self._close_name()
        if len(made) == 1:
            self.current = made[0]
            if named.opens:
                self.open(made[0])

    def _on_name_dropped(self) -> None:
        self._close_name()

    def _close_name(self) -> None:
        had_keyboard = self.name.field.hasFocus()
        self.name.close_field()
        self._glass.clear()
        if had_keyboard:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, lid: str, part: Part = "name") -> None:
        """Opens a milestone in the side panel."""
        self.current = lid
        self._deeds.open_thing(EditWanted(lid, "milestone", part))

    def move(self, lid: str, day: int) -> None:
        """Puts a milestone on another day."""
        row = self.row(lid)
        if row is not None and row.day != day:
            self._deeds.do(EditMilestone(MilestoneId(lid), day=day))
            announce(self._view, f"{row.name}, {self._saying.day(day)}")

    def delete(self, lid: str) -> None:
        """Deletes a milestone; undo brings it back."""
        self._deeds.do(DeletePlanThing("milestone", MilestoneId(lid)))

    # Hand ---------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            return self._press(event)
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            return self._drag(event.position().toPoint()) if self._pressed is not None else False
        if kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            return self._release(event)
        if kind == QEvent.Type.MouseButtonDblClick:
            return True  # the first click has opened what there is to open
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _press(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        rows = self._flagged(place)
        if event.button() == Qt.MouseButton.RightButton and rows:
            self._offer(rows, event.globalPosition().toPoint())
            return True
        if event.button() != Qt.MouseButton.LeftButton or self.name.is_open:
            return False
        self._pressed, self._moved_to = (place, self._day_at(place), rows), None
        return True

    def _drag(self, place: QPoint) -> bool:
        if self._pressed is None:
            return False
        start, day, rows = self._pressed
        if len(rows) != 1 or (abs(place.x() - start.x()) < _THRESHOLD and self._moved_to is None):
            return True
        self._moved_to = rows[0].day + self._day_at(place) - day
        self._view.edge.follow(QPoint(place.x(), self._view.viewport().height() // 2))
        words = f"{rows[0].name} · {self._saying.day(self._moved_to)}"
        self._line(self._moved_to, words, rows[0].color)
        return True

    def _on_edge_moved(self, place: QPoint) -> None:
        if self._pressed is not None and self._moved_to is not None:
            self._drag(QPoint(place.x(), 0))

    def _release(self, event: QMouseEvent) -> bool:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        (_, day, rows), moved_to = self._pressed, self._moved_to
        self.drop()
        if moved_to is not None and rows:
            self.move(rows[0].lid, moved_to)
        elif len(rows) > 1:
            self._offer(rows, event.globalPosition().toPoint())
        elif rows:
            self.open(rows[0].lid)
        else:
            self.ask_for_name(day)
        return True

    def drop(self) -> bool:
        """Ends a drag without a trace; tells whether there was one."""
        was = self._pressed is not None
        self._pressed, self._moved_to = None, None
        self._view.edge.stop()
        self._glass.clear()
        return was

    def _offer(self, rows: tuple[MilestoneRow, ...], place: QPoint) -> None:
        """Opens a menu: which of several, or what to do with one."""
        self.menu.clear()
        if len(rows) > 1:
            for row in rows:
                words = f"{self._saying.day(row.day)}: {row.name}"
                action = self.menu.addAction(diamond_icon(row.color), menu_text(words))
                action.setData(("open", row.lid))
        else:
            row = rows[0]
            done = self.tr("Not done") if row.is_done else self.tr("Done")
            for what, picture, words in (
                ("open", "edit", self.tr("Edit…")),
                ("done", "check", done),
                ("delete", "trash", self.tr("Delete")),
            ):
                self.menu.addAction(icon(picture), words).setData((what, row.lid))
        self.menu.popup(place)

    def _on_menu_triggered(self, action: QAction) -> None:
        what, lid = action.data()
        row = self.row(lid)
        if what == "open":
            self.open(lid)
        elif what == "delete":
            self.delete(lid)
        elif row is not None:
            self._deeds.do(EditMilestone(MilestoneId(lid), is_done=not row.is_done))

    # Keyboard -----------------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self.row(self.current)
        if key == Qt.Key.Key_Escape and self.drop():
            return True
        if key in _SIDES and held == _ALT and row is not None:
            self.move(row.lid, row.day + _SIDES[key])
        elif key in _SIDES and not held:
            self._walk(_SIDES[key])
        elif key in _ENTER and not held and row is not None:
            self.open(row.lid)
        elif key == Qt.Key.Key_D and not held and row is not None:
            self.open(row.lid, "days")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row is not None:
            self.delete(row.lid)
        elif key == Qt.Key.Key_N and not held:
            self.ask_for_name(self._view.scene.today if row is None else row.day)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and not held:
            self._glass.clear()
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        self._show_current()
        return True

    def walk_here(self) -> None:
        """Puts the keyboard on the milestones, on the next one from today."""
        self._top.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.row(self.current) is None:
            self._walk(1)
        self._show_current()

    def _walk(self, by: int) -> None:
        rows = self._rows
        if not rows:
            return
        lids = [row.lid for row in rows]
        if self.current in lids:
            place = max(0, min(lids.index(self.current) + by, len(rows) - 1))
        else:
            today = self._view.scene.today
            place = next((n for n, row in enumerate(rows) if row.day >= today), len(rows) - 1)
        self.current = rows[place].lid

    def _show_current(self) -> None:
        """Shows which milestone has the keyboard, and says its name."""
        row = self.row(self.current)
        if row is None or not self._top.hasFocus() or self.name.is_open:
            return
        low, high = self._view.days_in_sight
        if not low <= row.day <= high:
            self._view.show_day(row.day)
        words = f"{row.name} · {self._saying.day(row.day)}"
        self._line(row.day, words, row.color)
        announce(self._view, words)
