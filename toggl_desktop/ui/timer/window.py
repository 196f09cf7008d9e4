"""The timer window: what runs above, what was recorded below, how things stand at the bottom."""

from datetime import date, tzinfo
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.changes import ChangeSet, merged
from toggl_desktop.domain.commands import ContinueEntry, UnstopEntry
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store.read import status
from toggl_desktop.store.read.status import Status
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.timer.body import Body
from toggl_desktop.ui.timer.commands import WindowMenu
from toggl_desktop.ui.timer.keymap import Keymap
from toggl_desktop.ui.timer.menu import attach
from toggl_desktop.ui.timer.performer import Done, Kit, Performer, Refusal
from toggl_desktop.ui.timer.running import RunningRow
from toggl_desktop.ui.timer.shortcuts import ShortcutsDialog
from toggl_desktop.ui.timer.synced import SyncWords
from toggl_desktop.ui.timer.talk import Intent, Missing, Talk
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.bars import SentenceBar, Toast
from toggl_desktop.ui.widgets.placing import begin_with, come_into_sight
from toggl_desktop.ui.widgets.statusline import StatusLine
from toggl_desktop.ui.widgets.ticker import SecondTicker

_SIZE: Final = QSize(460, 640)
_LEAST: Final = QSize(360, 320)
_NAMED: Final = frozenset({"project", "client", "tag", "task"})


class TimerWindow(QWidget):
    """Shows the timer and the entries; everything a person does goes out as a command.

    While it is hidden nothing ticks and nothing is read; what changed meanwhile is read when it is
    shown again.

    Signals:
        palette_requested(): The palette is to be shown.
        preferences_requested(): The preferences are to be shown.
        account_requested(): Who is signed in is to be shown, or somebody is to sign in.
        problems_requested(): How the sync stands is to be shown, and what waits for a person.
        plan_requested(): The plan is to be shown.
        quit_requested(): The program is to end.
        repair_requested(): The program is to start again and repair its store.
        hidden(): It went out of sight; a good moment to keep its place.
    """

    palette_requested = Signal()
    preferences_requested = Signal()
    account_requested = Signal()
    problems_requested = Signal()
    plan_requested = Signal()
    quit_requested = Signal()
    repair_requested = Signal()
    hidden = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._has_tray = False
        self._piled: list[ChangeSet] = []
        self._today: date | None = None
        self._zone: tzinfo | None = None
        self._status: Status | None = None
        self._status_at = 0
        self._minute = 0
        wording = Wording(context, self)
        self._performer = Performer(context, self)
        self._kit = Kit(context, self._performer, wording)
        self._sync_words = SyncWords(wording, self)
        self.setWindowTitle(self.tr("Toggl Desktop"))
        begin_with(self, _SIZE)
        self.setMinimumSize(_LEAST)
        self._build_children()
        self._wire()

    def _build_children(self) -> None:
        self.running = RunningRow(self._kit, self)
        self.bar = SentenceBar(self)
        self.body = Body(self._kit, self)
        self.entries = self.body.entries
        self.status = StatusLine(self)
        self.toast = Toast(self.entries.page)
        self.menu = WindowMenu(self._context, self)
        attach(self.menu.listed(), self)
        self.keymap = Keymap(self._context.preferences, self)
        self.keymap.add([*self.menu.listed(), *self.entries.menu.listed()])
        self.talk = Talk(self._context, self._performer, self.bar, self.toast)
        self._ticker = SecondTicker(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.running)
        whole.addWidget(self.bar)
        whole.addWidget(self.body, 1)
        whole.addWidget(_rule(self))
        whole.addWidget(self.status)

    def _wire(self) -> None:
        self._context.bridge.changed.connect(self._on_bridge_changed)
        self._context.bridge.settings_changed.connect(self._on_bridge_settings_changed)
        self._context.bridge.sync_changed.connect(self._show_status)
        self._context.theme.changed.connect(self._on_theme_changed)
        self._performer.done.connect(self._on_performer_done)
        self._ticker.ticked.connect(self._on_ticker_ticked)
        self.talk.fields_missed.connect(self._on_talk_fields_missed)
        self.talk.intended.connect(self._on_talk_intended)
        self.running.details.more.clicked.connect(self._on_more_clicked)
        self.body.calendar_shown.connect(self._on_body_calendar_shown)
        self.entries.running_wanted.connect(self.running.take_keyboard)
        menu = self.menu
        menu.new.triggered.connect(self.running.begin_new)
        menu.stop.triggered.connect(self.running.stop)
        menu.go.triggered.connect(self._on_go_triggered)
        menu.unstop.triggered.connect(self._on_unstop_triggered)
        menu.search.triggered.connect(self.body.open_search)
        menu.undo.triggered.connect(self._on_undo_triggered)
        menu.redo.triggered.connect(self._on_redo_triggered)
        menu.themes.triggered.connect(self._on_themes_triggered)
        menu.calendar.triggered.connect(self.body.toggle_calendar)
        menu.shortcuts.triggered.connect(self._on_shortcuts_triggered)
        menu.switch.triggered.connect(self._on_switch_triggered)
        menu.preferences.triggered.connect(self._on_preferences_triggered)
        menu.account.triggered.connect(self._on_account_triggered)
        menu.problems.triggered.connect(self._on_problems_triggered)
        self.status.set_pressable(self.tr("Sync and what waits for you"))
        self.status.pressed.connect(self._on_problems_triggered)
        menu.plan.triggered.connect(self._on_plan_triggered)
        menu.quit.triggered.connect(self._ask_to_quit)

    # What the program asks of the window --------------------------------------------------

    def show_on_current(self) -> None:
        """Shows the window where a person is: on this desktop, a connected monitor, in front."""
        if self.isMinimized():
            self.showNormal()
        elif self.isVisible() and not self.isActiveWindow():
            self.hide()  # one that is on another desktop would take the person there
        come_into_sight(self)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_tray_available(self, available: bool) -> None:  # noqa: FBT001
        """Hears whether a tray is there: closing hides into it, or minimises without one."""
        self._has_tray = available

    def put_above(self, panel: QWidget) -> None:
        """Gives a panel the place between the running entry and what was recorded."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.bar), panel)

    def show_failure(self, sentence: str, details: str) -> None:
        """Says that something failed; the details can be copied."""
        self.talk.say_failure(sentence, details)

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why something asked for elsewhere, in the tray, was not done."""
        self.talk.show_refusal(refusal)

    # Keeping up ---------------------------------------------------------------------------

    def _catch_up(self) -> None:
        """Reads what changed while nobody looked; everything, the first time."""
        piled, self._piled = self._piled, []
        zone = self._context.zone()
        if not self.entries.model.is_filled or zone != self._zone:
            self._zone = zone
            self._today = self._kit.wording.today()
            self.entries.fill()
            self._apply(ChangeSet(), names=True)
        elif piled:
            self._apply(merged(piled))
        self._tick()

    def _apply(self, changes: ChangeSet, *, names: bool = False) -> None:
        """Shows what a change set names; `names` reads projects and tags whatever it names."""
        try:
            if names or _NAMED & changes.touched.keys():
                self.running.read_names()
            self._read_status()
        except KnownError as error:
            self.talk.say_failure(error.sentence, "")
            return
        self.entries.apply(changes)
        self.talk.hear_of(changes)

    def _read_status(self) -> None:
        wording = self._kit.wording
        self._status_at = wording.now()
        found = status.read(
            self._context.source, self._status_at, wording.zone, wording.first_weekday()
        )
        self._status = found
        self.running.show_running(found.running)
        title = self.tr("Toggl Desktop")
        if found.running is not None:
            name = wording.title(found.running.description)
            title = self.tr("{name} – Toggl Desktop").format(name=name)
        self.setWindowTitle(title)
        self._show_status()

    def _show_status(self) -> None:
        found = self._status
        if found is None:
            return
        parts = [self.tr("Saved here")]
        if found.unsent:
            parts.append(self.tr("{count} waiting to send").format(count=found.unsent))
        if found.problems:
            one, many = self.tr("1 needs you"), self.tr("{count} need you")
            parts.append(one if found.problems == 1 else many.format(count=found.problems))
        parts += self._sync_words.parts(self._context.bridge.sync)
        week = found.week_seconds
        if found.running is not None:
            week += max(0, self._kit.wording.now() - self._status_at)
        far = self.tr("This week {time}").format(time=self._kit.wording.total(week))
        wrong = self._sync_words.trouble(self._context.bridge.sync)
        self.status.show_words(" · ".join(parts), far, keep=wrong)

    def _tick(self) -> None:
        today = self._kit.wording.today()
        if self._today is not None and today != self._today:
            self.entries.roll_over()
            self._apply(ChangeSet())
        self._today = today
        self.running.tick()
        self.entries.view.tick()
        minute = self._kit.wording.now() // 60
        if minute != self._minute:
            self._minute = minute
            self._show_status()

    def _set_ticking(self) -> None:
        self._ticker.set_running(self.isVisible() and not self.isMinimized())

    # Hearing ------------------------------------------------------------------------------

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if self.isVisible():
            self._apply(changes)
        else:
            self._piled = [merged([*self._piled, changes])]

    def _on_body_calendar_shown(self) -> None:
        if self.body.calendar is not None:
            self.keymap.add(self.body.calendar.area.actions())

    def _on_bridge_settings_changed(self) -> None:
        self.keymap.apply()
        self.entries.model.reword()
        if self.isVisible():
            self._apply(ChangeSet())

    def _on_theme_changed(self) -> None:
        self.entries.view.remeasure()

    def _on_performer_done(self, done: Done) -> None:
        """Shows a person's own change at once; the bridge's word for it then changes nothing."""
        if self.isVisible():
            self._apply(done.changes)

    def _on_ticker_ticked(self) -> None:
        self._tick()

    def _on_talk_fields_missed(self, missing: Missing) -> None:
        self.running.show_missing(missing.fields)

    def _on_talk_intended(self, intent: Intent) -> None:
        if intent is Intent.HIDE:
            self.hide()
        elif intent is Intent.REPAIR:
            self.repair_requested.emit()
        else:
            self._ask_to_quit()

    def _on_more_clicked(self) -> None:
        more = self.running.details.more
        corner = more.rect().bottomRight() if self.isLeftToRight() else more.rect().bottomLeft()
        wanted = self.menu.sizeHint().width() if self.isLeftToRight() else 0
        self.menu.popup(more.mapToGlobal(corner) - QPoint(wanted, 0))

    def _on_go_triggered(self) -> None:
        self._performer.do(ContinueEntry())

    def _on_unstop_triggered(self) -> None:
        self._performer.do(UnstopEntry())

    def _on_undo_triggered(self) -> None:
        self._performer.do(Undo())

    def _on_redo_triggered(self) -> None:
        self._performer.do(Redo())

    def _on_themes_triggered(self, action: QAction) -> None:
        try:
            self._context.preferences.choose("theme", action.data())
        except KnownError as error:
            self._performer.refuse(None, error)

    def _on_switch_triggered(self) -> None:
        self.palette_requested.emit()

    def _on_preferences_triggered(self) -> None:
        self.preferences_requested.emit()

    def _on_problems_triggered(self) -> None:
        self.problems_requested.emit()

    def _on_account_triggered(self) -> None:
        self.account_requested.emit()

    def _on_plan_triggered(self) -> None:
        self.plan_requested.emit()

    def _on_shortcuts_triggered(self) -> None:
        groups = [
            (self.tr("Anywhere"), self.menu.listed()),
            (self.tr("In the list and the calendar"), self.entries.menu.listed()),
        ]
        fixed = [(self.tr("In fields and lists"), self.entries.listed_keys())]
        if self.body.calendar is not None:
            fixed.append((self.tr("In the calendar"), self.body.calendar.area.listed()))
        ShortcutsDialog(fixed, self, keymap=self.keymap, groups=groups).open()

    def _ask_to_quit(self) -> None:
        self.quit_requested.emit()

    # Coming and going ---------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._catch_up()
            self.running.take_keyboard()
        self._set_ticking()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._set_ticking()
        if not event.spontaneous():
            self.hidden.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._set_ticking()
            if not self.isMinimized() and self.isVisible():
                self._tick()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.running.commit()
        settings = self._context.preferences.now
        if not settings.close_to_tray:
            self._ask_to_quit()
        elif not self._has_tray:
            self.showMinimized()
        elif settings.told_about_tray:
            self.hide()
        else:
            self._explain_tray()

    def _explain_tray(self) -> None:
        try:
            self._context.preferences.choose("told_about_tray", value=True)
        except KnownError:
            self.hide()  # it will be explained another time
        else:
            self.talk.explain_tray()


def _rule(parent: QWidget) -> QFrame:
    made = QFrame(parent)
    mark(made, kind="rule")
    return made
