"""Brings the sign-in sheet and the account together; nothing else knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from toggl_desktop.domain.accounts import AccountState, Found, Given, Leave, Waiting
from toggl_desktop.domain.errors import KnownError, NothingToDoError, SignInError
from toggl_desktop.ui.account.signin import SignInSheet, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from toggl_desktop.app.accounts import Accounts
    from toggl_desktop.app.tasks import TaskOwner


class Signing(QObject):
    """Shows the sheet, does what it asks for, and tells who is signed in.

    Signals:
        changed(AccountState): Somebody signed in or out.
        leave_chosen(Leave): Something other than keeping is to be done with what waits.
    """

    changed = Signal(object)
    leave_chosen = Signal(object)
    _found = Signal(object)
    _refused = Signal(object)
    _unkept = Signal(object)

    def __init__(
        self,
        accounts: Accounts,
        tasks: TaskOwner,
        waiting: Callable[[], Waiting],
        parent: QObject | None = None,
    ) -> None:
        """Takes what it works with; `waiting` counts what is not sent yet."""
        super().__init__(parent)
        self._accounts = accounts
        self._tasks = tasks
        self._waiting = waiting
        self._sheet: SignInSheet | None = None
        self._shown = AccountState()
        self._turn = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._found.connect(self._on_found, queued)
        self._refused.connect(self._on_refused, queued)
        self._unkept.connect(self._on_unkept, queued)
        self.changed.connect(self._on_changed, queued)

    @property
    def sheet(self) -> SignInSheet | None:
        """The sheet, once it was shown."""
        return self._sheet

    def show(self, parent: QWidget | None = None) -> None:
        """Shows who is signed in, or asks who is to be."""
        if self._sheet is None:
            self._sheet = SignInSheet(parent)
            self._sheet.look_requested.connect(self._on_look_requested)
            self._sheet.join_requested.connect(self._on_join_requested)
            self._sheet.sign_out_requested.connect(self._on_sign_out_requested)
            self._sheet.leave_requested.connect(self._on_leave_requested)
            self._sheet.given_up.connect(self._on_given_up)
            self._sheet.home_requested.connect(self._on_home_requested)
        self._show_state(self._sheet)
        self._sheet.open()
        self._sheet.raise_()
        self._sheet.activateWindow()

    def _show_state(self, sheet: SignInSheet) -> None:
        self._shown = state = self._accounts.state
        if state.account is not None and not state.needs_person:
            sheet.show_account(state, self._waiting().unsent)
        else:
            sheet.show_form(state.sentence)

    def look_again(self) -> None:
        """Shows how it stands now, where a terminal signed in or out beside an open sheet.

        What is being typed or answered stays; only a sentence that is not true any more goes.
        """
        sheet, state = self._sheet, self._accounts.state
        if sheet is None or not sheet.isVisible() or sheet.is_busy:
            return
        if state == self._shown:
            sheet.account.show_waiting(self._waiting().unsent)
            return
        before, self._shown = self._shown, state
        if sheet.is_untouched:
            self._show_state(sheet)
        elif before.sentence and sheet.sentence == before.sentence:
            sheet.show_refusal(state.sentence)

    def close(self) -> None:
        """Takes the sheet away for good."""
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None

    # What the sheet asks for --------------------------------------------------------------

    def _begin(self) -> int:
        """Every question has a number; an answer to one that was given up is not heard."""
        self._turn += 1
        return self._turn

    def _on_given_up(self) -> None:
        self._begin()

    def _on_look_requested(self, given: Given) -> None:
        self._tasks.spawn("sign in: look", self._look(given, self._begin()))

    def _on_join_requested(self, wish: Wish) -> None:
        self._tasks.spawn("sign in: join", self._join(wish, self._begin()))

    def _on_sign_out_requested(self) -> None:
        waiting = self._waiting()
        if waiting.unsent and self._sheet is not None:
            self._sheet.show_leave(waiting)
            return
        self._leave()

    def _on_leave_requested(self, choice: Leave) -> None:
        if choice is Leave.KEEP:
            self._leave()
        else:
            self._begin()
            self.leave_chosen.emit(choice)

    def _on_home_requested(self, workspace: str) -> None:
        sentence = ""
        try:
            self._accounts.choose_home(workspace)
        except NothingToDoError:
            pass  # the same one was chosen again
        except KnownError as error:
            sentence = error.sentence
        self._shown = state = self._accounts.state
        if self._sheet is not None:
            self._sheet.account.show_account(state, self._waiting().unsent)
            self._sheet.show_refusal(sentence)

    def ask_again(self, sentence: str = "") -> None:
        """Shows what still waits, after something was done with it; or that nothing does."""
        state, waiting = self._accounts.state, self._waiting()
        if self._sheet is None or state.account is None or not self._sheet.isVisible():
            return
        if waiting.unsent:
            self._sheet.show_leave(waiting, sentence)
        else:
            self._sheet.show_account(state)

    def _leave(self) -> None:
        self._tasks.spawn("sign out", self._sign_out(self._begin()))

    async def _look(self, given: Given, turn: int) -> None:
        try:
            found = await self._accounts.look(given)
        except KnownError as error:
            self._refused.emit((turn, error.sentence))
        else:
            self._found.emit((turn, found))

    async def _join(self, wish: Wish, turn: int) -> None:
        try:
            state = await self._accounts.join(wish.found, wish.how, wish.place)
        except SignInError as error:
            self._unkept.emit((turn, error.sentence))
        except KnownError as error:
            self._refused.emit((turn, error.sentence))
        else:
            self.changed.emit(state)

    async def _sign_out(self, turn: int) -> None:
        try:
            await self._accounts.sign_out()
        except KnownError as error:
            self._refused.emit((turn, error.sentence))
        else:
            self.changed.emit(self._accounts.state)

    # What came of it ----------------------------------------------------------------------

    def _on_found(self, answer: tuple[int, Found]) -> None:
        if answer[0] == self._turn and self._sheet is not None:
            self._sheet.show_found(answer[1])

    def _on_refused(self, answer: tuple[int, str]) -> None:
        if answer[0] == self._turn and self._sheet is not None:
            self._sheet.show_refusal(answer[1])

    def _on_unkept(self, answer: tuple[int, str]) -> None:
        if answer[0] == self._turn and self._sheet is not None:
            self._sheet.show_keyring(answer[1])

    def _on_changed(self, state: AccountState) -> None:
        if self._sheet is None or not self._sheet.isVisible():
            return
        self._shown = state
        if state.account is None:
            self._sheet.show_form()
        else:
            self._sheet.show_account(state, self._waiting().unsent)
