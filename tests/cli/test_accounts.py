"""`signin` and `signout`: no secret in an argument, one sentence and the right code for each no."""

from dataclasses import dataclass, field, replace

import pytest

from tests.support.builders import make_store
from tests.support.track import Fault, InProcess, TrackServer
from toggl_desktop.app.accounts import Accounts
from toggl_desktop.app.blocking import Blocking
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.remote.http import Http
from toggl_desktop.store.bindings import Binding
from toggl_desktop.system import keyring
from toggl_desktop.system.keyring import Condition, Held, KeyringState

TOKEN = "0123456789abcdef0123456789abcdef"


@dataclass
class Typed:
    """Somebody, or a script, that answers questions in order."""

    answers: list[str] = field(default_factory=list)
    is_terminal: bool = False
    asked: list[str] = field(default_factory=list)

    def line(self, question):
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else ""

    secret = line


@pytest.fixture
def sign_in(terminal, monkeypatch):
    kept = {}
    ready = KeyringState(Condition.READY, "test", "Ready.")
    state = {"now": ready}

    def save(name, secret):
        if state["now"] is ready:
            kept[name] = secret
        return state["now"]

    monkeypatch.setattr(keyring, "save", save)
    monkeypatch.setattr(keyring, "load", lambda name: Held(ready, kept.get(name)))
    monkeypatch.setattr(keyring, "forget", lambda name: kept.pop(name, None) and ready)
    server = TrackServer(terminal.now, burst=None)
    terminal.env["TOGGL_TRACK_URL"] = "http://127.0.0.1:1/api/v9"
    machine = terminal.machine

    def connect(url, basic):
        return Http(url, basic, transport=InProcess(server, lambda: terminal.now))

    def with_accounts():
        return machine()._replace(
            accounts=lambda store, m: Blocking(Accounts(store, m.environment, m.now, connect)),
            prompt=run.prompt,
        )

    def run(*arguments, typed=(TOKEN,), is_terminal=False):
        run.prompt = Typed(list(typed), is_terminal)
        return terminal("signin", *arguments)

    run.prompt = Typed()
    terminal.machine = with_accounts
    run.kept, run.server, run.terminal, run.state = kept, server, terminal, state
    return run


def test_a_token_from_standard_input_signs_in(sign_in):
    said = sign_in("track").ok()
    assert "Signed in to Toggl Track as user@example.com" in said.out
    assert list(sign_in.kept.values()) == [TOKEN]
    assert TOKEN not in said.out


def test_e_mail_and_password_are_asked_one_after_the_other(sign_in):
    said = sign_in("track", "--json", typed=("user@example.com\n", "correct horse\n")).ok()
    assert said.json["user"] == 5001
    assert list(sign_in.kept.values()) == [TOKEN]
    assert "correct horse" not in said.out
    assert sign_in.prompt.asked[1] == "Password of user@example.com: "


def test_a_refused_token_is_code_4_and_no_network_is_code_5(sign_in):
    assert "does not know this token" in sign_in("track", typed=("0" * 32,)).failed(4).err
    sign_in.server.fail(Fault("refused"))
    assert "cannot be reached" in sign_in("track").failed(5).err
    assert sign_in.kept == {}


def test_no_token_at_all_is_refused(sign_in):
    assert "no token to read" in sign_in("track", typed=()).failed(1).err


def test_a_token_as_an_argument_is_not_understood(sign_in):
    sign_in("track", TOKEN).failed(2)
    sign_in("track", "--token", TOKEN).failed(2)


def test_a_keyring_that_does_not_take_it_is_code_4_and_names_the_way_out(sign_in):
    sign_in.state["now"] = KeyringState(Condition.MISSING, "", "There is no secure storage.")
    said = sign_in("track").failed(4)
    assert "There is no secure storage." in said.err
    assert "TOGGL_TRACK_TOKEN" in said.err
    sign_in.terminal.env["TOGGL_TRACK_TOKEN"] = TOKEN
    sign_in("track", typed=()).ok()
    assert sign_in.kept == {}
    assert sign_in.prompt.asked == []


def test_local_work_must_be_decided_by_a_script_beforehand(sign_in):
    sign_in.terminal("start", "Wireframes", "-p", "Website", "--create").ok()
    refused = sign_in("track").failed(1)
    assert "--merge" in refused.err
    assert "Will be made in Toggl: 1 project" in refused.err
    assert sign_in.kept == {}
    sign_in("track", "--apart", "--merge").failed(2)
    sign_in("track", "--merge").ok()


@pytest.mark.parametrize(("answer", "joined"), [("m", "merge"), ("apart\n", "apart")])
def test_a_person_is_shown_both_ways_and_asked(sign_in, answer, joined):
    sign_in.terminal("start", "Wireframes").ok()
    said = sign_in("track", typed=(TOKEN, answer), is_terminal=True).ok()
    assert "merge:\n  Everything here goes into the workspace" in said.out
    assert "never sent" in said.out
    # It is not asked a second time, but can be decided anew.
    assert sign_in("track", "--json").ok().json["joined"] is None
    assert sign_in("track", "--json", f"--{joined}").ok().json["joined"] == joined


def test_neither_answer_changes_nothing(sign_in):
    sign_in.terminal("start", "Wireframes").ok()
    assert (
        "Nothing was changed"
        in sign_in("track", typed=(TOKEN, "x"), is_terminal=True).failed(1).err
    )
    assert sign_in.kept == {}


def test_signing_out_keeps_everything_and_twice_is_nothing_to_do(sign_in):
    sign_in.terminal("start", "Wireframes").ok()
    sign_in("track", "--merge").ok()
    assert "stays on this computer" in sign_in.terminal("signout").ok().out
    assert sign_in.kept == {}
    assert "Wireframes" in sign_in.terminal("entries").ok().out
    sign_in.terminal("signout", "track").failed(3)


def test_what_a_proxy_wants_is_read_like_a_token_and_only_in_the_keyring(sign_in):
    said = sign_in("proxy", typed=("ann", "s3cret")).ok()
    assert list(sign_in.kept.values()) == ["ann:s3cret"]
    assert "s3cret" not in said.out
    assert sign_in("proxy", typed=("",)).ok().out.startswith("Forgotten")
    assert sign_in.kept == {}
    assert "“:”" in sign_in("proxy", typed=("a:b", "c")).failed(1).err


class Server:
    """Whoever turns: sends everything, or nothing."""

    def __init__(self, store, *, sends):
        self.store, self.sends = store, sends

    def sync(self, **_wanted):
        from toggl_desktop.store import bindings

        if self.sends:
            with self.store.transaction("Sync", 1) as tx:
                for bound in bindings.waiting(self.store.source, "track"):
                    tx.bindings.append(replace(bound, unsent=False, hold=None, rid=1))
        return SyncState(Phase.RESTING if self.sends else Phase.OFFLINE)


@pytest.mark.parametrize("sends", [True, False])
def test_signing_out_says_what_waits_and_sync_sends_it_first(sign_in, sends):
    terminal = sign_in.terminal
    terminal("start", "Wireframes").ok()
    sign_in("track", "--merge").ok()
    hold(terminal)
    with_accounts = terminal.machine
    terminal.machine = lambda: with_accounts()._replace(
        syncer=lambda store, machine: Server(store, sends=sends)
    )
    if sends:
        assert "waiting" not in terminal("signout", "--sync").ok().out
        return
    refused = terminal("signout", "--sync").failed(1)
    assert "1 could not be sent" in refused.err
    assert sign_in.kept != {}
    said = terminal("signout").ok()
    assert "1 waiting to send (1 of them need you first" in said.out


def hold(terminal):
    """The running entry was refused."""
    lid = terminal("entries", "--json").ok().json[0]["id"]
    store = make_store(terminal.folder)
    with store.transaction("Sync", 1) as tx:
        tx.bindings.append(Binding("track", "time_entry", lid, hold={"reason": "refused"}))
    store.close()


def test_the_token_is_on_no_command_line_and_in_no_file(sign_in):
    from tests.support.secrets import leaks

    sign_in("track").ok()
    assert leaks([sign_in.terminal.data], [TOKEN]) == []
