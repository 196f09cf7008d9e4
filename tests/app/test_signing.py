"""Sheet and account together: late answers are not heard, failures come back as sentences."""

import asyncio
from dataclasses import replace

import pytest

from toggl_desktop.app.loop import run
from toggl_desktop.app.signing import Signing
from toggl_desktop.app.tasks import TaskOwner
from toggl_desktop.domain.accounts import (
    Account,
    AccountState,
    Found,
    Leave,
    SignIn,
    TokenPlace,
    Waiting,
)
from toggl_desktop.domain.errors import RefusedError, SignInError
from toggl_desktop.ui.account.signin import Page

pytestmark = pytest.mark.ui
TOKEN = "0123456789abcdef0123456789abcdef"
ANN = Account(5001, "ann@example.com", "Ann", 7001, "Northwind", "https://x", TokenPlace.KEYRING)


class Scripted:
    """An account that does as it is told."""

    def __init__(self):
        self.state = AccountState()  # also what another process makes of it
        self.waiting = Waiting()
        self.gate = asyncio.Event()
        self.keyring_error = None
        self.look_error = None

    async def look(self, given):
        await self.gate.wait()
        if self.look_error:
            raise self.look_error
        return Found(ANN, given.secret)

    async def join(self, found, how, place):
        if self.keyring_error and place is TokenPlace.KEYRING:
            raise self.keyring_error
        self.state = AccountState(SignIn.READY, found.account)
        return self.state

    async def sign_out(self):
        self.state = AccountState()


@pytest.fixture
def desk(qapp):
    """Runs a test's coroutine with a sheet in the window system's own loop."""

    def go(work):
        async def inside():
            failures = []
            tasks = TaskOwner(lambda name, error: failures.append((name, error)))
            accounts = Scripted()
            signing = Signing(accounts, tasks, lambda: accounts.waiting)
            signing.show()
            go.signing = signing
            try:
                await work(signing.sheet, accounts)
            finally:
                signing.close()
                await tasks.close()
            assert failures == []
            return 0

        assert run(qapp, inside) == 0

    return go


async def until(condition):
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to this")


def give(sheet):
    sheet.form.token.setText(TOKEN)
    sheet.form.edited.emit()
    sheet.go.click()


def test_from_the_token_to_signed_in_and_out(desk):
    async def work(sheet, accounts):
        accounts.gate.set()
        give(sheet)
        await until(lambda: sheet.page is Page.ACCOUNT)
        assert "ann@example.com" in sheet.account.words
        assert sheet.form.token.text() == ""
        sheet.other.click()
        await until(lambda: sheet.page is Page.FORM)

    desk(work)


def test_an_answer_to_a_question_that_was_given_up_is_not_heard(desk):
    async def work(sheet, accounts):
        give(sheet)
        await asyncio.sleep(0.02)
        sheet.reject()
        accounts.gate.set()
        await asyncio.sleep(0.1)
        assert sheet.page is Page.FORM
        assert accounts.state.account is None

    desk(work)


@pytest.mark.parametrize("error", [SignInError("Not known."), RefusedError("Somebody else's.")])
def test_a_refusal_comes_back_in_place(desk, error):
    async def work(sheet, accounts):
        accounts.look_error = error
        accounts.gate.set()
        give(sheet)
        await until(lambda: sheet.sentence)
        assert sheet.sentence == error.sentence
        assert not sheet.is_busy

    desk(work)


def test_a_keyring_that_refuses_leads_to_this_session(desk):
    async def work(sheet, accounts):
        accounts.keyring_error = SignInError("There is no secure storage.")
        accounts.gate.set()
        give(sheet)
        await until(lambda: sheet.page is Page.KEYRING)
        assert sheet.keyring.sentence == "There is no secure storage."
        sheet.go.click()
        await until(lambda: sheet.page is Page.ACCOUNT)

    desk(work)


async def signed_in(sheet, accounts, waiting):
    accounts.gate.set()
    accounts.waiting = waiting
    give(sheet)
    await until(lambda: sheet.page is Page.ACCOUNT)
    sheet.other.click()
    await until(lambda: sheet.page is Page.LEAVE)


def test_what_waits_is_counted_and_kept_unless_something_else_is_chosen(desk):
    async def work(sheet, accounts):
        await signed_in(sheet, accounts, Waiting(3, 1))
        assert "3 waiting to send, 1 of them" in sheet.leave.sentence
        assert sheet.leave.choice is Leave.KEEP
        assert accounts.state.account is not None  # nothing was done yet
        sheet.go.click()
        await until(lambda: sheet.page is Page.FORM)
        assert accounts.state.account is None

    desk(work)


@pytest.mark.parametrize("choice", [Leave.SYNC, Leave.EXPORT, Leave.DELETE])
def test_any_other_answer_signs_nobody_out_by_itself(desk, choice):
    async def work(sheet, accounts):
        await signed_in(sheet, accounts, Waiting(2))
        signing = desk.signing
        heard = []
        signing.leave_chosen.connect(heard.append)
        sheet.leave.buttons[choice].click()
        sheet.go.click()
        await until(lambda: heard)
        assert heard == [choice]
        assert accounts.state.account is not None
        signing.ask_again("Toggl cannot be reached.")
        assert sheet.page is Page.LEAVE
        assert sheet.sentence == "Toggl cannot be reached."
        assert sheet.leave.choice is Leave.KEEP
        accounts.waiting = Waiting()
        signing.ask_again()
        assert sheet.page is Page.ACCOUNT

    desk(work)


def test_esc_on_the_question_leaves_everything_as_it_is(desk):
    async def work(sheet, accounts):
        await signed_in(sheet, accounts, Waiting(1))
        sheet.reject()
        assert not sheet.isVisible()
        assert accounts.state.account is not None

    desk(work)


REFUSED = AccountState(SignIn.REFUSED, ANN, "Toggl does not accept the token. Sign in again.")


def test_what_a_terminal_signed_out_or_in_is_shown_by_the_open_sheet(desk):
    async def work(sheet, accounts):
        signing = desk.signing
        accounts.state = REFUSED
        signing.look_again()
        assert sheet.sentence == REFUSED.sentence
        accounts.state = AccountState()  # signed out elsewhere: the refusal is not true any more
        signing.look_again()
        assert (sheet.page, sheet.sentence) == (Page.FORM, "")
        accounts.state = AccountState(SignIn.READY, ANN)
        signing.look_again()
        assert sheet.page is Page.ACCOUNT
        accounts.state = AccountState()
        signing.look_again()
        assert sheet.page is Page.FORM

    desk(work)


def test_how_much_waits_is_said_as_it_is_now(desk):
    async def work(sheet, accounts):
        signing = desk.signing
        accounts.state = AccountState(SignIn.READY, ANN)
        signing._waiting = lambda: Waiting(2, 0)
        signing.look_again()
        assert "2 waiting to send" in sheet.account.words
        signing._waiting = lambda: Waiting(0, 0)
        signing.look_again()
        assert "waiting" not in sheet.account.words

    desk(work)


def test_what_is_typed_stays_when_only_a_sentence_is_not_true_any_more(desk):
    async def work(sheet, accounts):
        signing = desk.signing
        accounts.state = REFUSED
        signing.look_again()
        sheet.form.token.setText("half a tok")
        accounts.state = AccountState()
        signing.look_again()
        assert (sheet.form.token.text(), sheet.sentence) == ("half a tok", "")

    desk(work)


def test_the_chosen_workspace_is_shown_and_a_refusal_is_said(desk):
    async def work(sheet, accounts):
        homes = {"bakers": "Bakers", "local": "Northwind"}
        accounts.state = AccountState(SignIn.READY, ANN, homes=homes, home="local")
        desk.signing.look_again()
        assert sheet.account.homes.currentText() == "Northwind"

        def choose(workspace):
            if workspace == "lost":
                raise RefusedError("It cannot be reached.")
            accounts.state = replace(accounts.state, home=workspace)

        accounts.choose_home = choose
        sheet.home_requested.emit("bakers")
        assert (sheet.account.homes.currentText(), sheet.sentence) == ("Bakers", "")
        sheet.home_requested.emit("lost")
        assert sheet.account.homes.currentText() == "Bakers"
        assert sheet.sentence == "It cannot be reached."

    desk(work)
