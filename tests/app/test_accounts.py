"""Signing in and out against the loopback server, with every kind of keyring."""

import asyncio
import types

import httpx
import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError

from tests.support.builders import (
    NOW,
    FakeClock,
    entry,
    load,
    make_store,
    project,
    rows_of,
    workspace,
)
from tests.support.secrets import leaks
from tests.support.track import Fault, InProcess, TrackServer
from toggl_desktop.actions.perform import Undo, perform
from toggl_desktop.app.accounts import Accounts
from toggl_desktop.domain.accounts import Given, Join, SignIn, TokenPlace
from toggl_desktop.domain.commands import AddTag
from toggl_desktop.domain.errors import NothingToDoError, RefusedError, ServerError, SignInError
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.remote.http import Http
from toggl_desktop.store import accounts as records
from toggl_desktop.store import schema
from toggl_desktop.store.bindings import Binding

TOKEN = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32


class Memory(KeyringBackend):
    """A keyring that encrypts, as far as its name says; it can be told to misbehave."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.most = 100_000
        self.raises: Exception | None = None

    def get_password(self, service, name):
        if self.raises:
            raise self.raises
        return self.kept.get((service, name))

    def set_password(self, service, name, secret):
        if self.raises:
            raise self.raises
        self.kept[service, name] = secret[: self.most]

    def delete_password(self, service, name):
        del self.kept[service, name]


@pytest.fixture
def ring(monkeypatch):
    kind = types.new_class(
        "Keyring",
        (Memory,),
        {},
        lambda body: body.update(__module__="keyring.backends.libsecret", __qualname__="Keyring"),
    )
    made = kind()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    yield made
    KeyringBackend._classes -= {c for c in KeyringBackend._classes if issubclass(c, Memory)}


class Desk:
    """A store with accounts and a server in the test's own time."""

    def __init__(self, folder, **environment):
        self.store = make_store(folder)
        self.clock = FakeClock()
        self.server = TrackServer(NOW, burst=None)
        self.environment = {"TOGGL_TRACK_URL": "http://127.0.0.1:1/api/v9"} | environment
        self.again()

    def again(self):
        """The program starts anew: what was in memory only is gone."""
        self.accounts = Accounts(self.store, self.environment, self.clock.now, self._connect)

    def _connect(self, url, basic):
        return Http(url, basic, transport=InProcess(self.server, lambda: self.clock.wall))

    def look(self, secret=TOKEN, email=""):
        return asyncio.run(self.accounts.look(Given(Secret(secret), email)))

    def join(self, found, how=None, place=TokenPlace.KEYRING):
        return asyncio.run(self.accounts.join(found, how, place))

    def token(self):
        return asyncio.run(self.accounts.token())

    def meta(self, key):
        return schema.meta(self.store.source, key)


@pytest.fixture
def desk(tmp_path, ring):
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def test_a_token_signs_in_and_is_kept_in_the_keyring_alone(desk, ring, tmp_path):
    found = desk.look()
    assert found.account.email == "user@example.com"
    assert desk.meta("account.track") is None
    state = desk.join(found)
    assert state.sign_in is SignIn.READY
    assert state.account.workspace == 7001
    assert list(ring.kept.values()) == [TOKEN]
    desk.again()
    assert desk.token() == Secret(TOKEN)
    assert desk.accounts.state.account.email == "user@example.com"
    assert leaks([tmp_path, repr(found), repr(state), repr(vars(desk.accounts))], [TOKEN]) == []


def test_of_e_mail_and_password_only_the_token_is_kept(desk, ring, tmp_path):
    found = desk.look("correct horse", "user@example.com")
    desk.join(found)
    assert list(ring.kept.values()) == [TOKEN]
    assert leaks([tmp_path], ["correct horse", TOKEN]) == []
    assert len(desk.server.seen) == 1


@pytest.mark.parametrize(
    ("secret", "email", "words"),
    [
        (OTHER, "", "does not know this token"),
        ("wrong", "user@example.com", "address and password"),
        ("short", "", "not an API token"),
        ("with spaces in the middle of it", "", "not an API token"),
    ],
)
def test_what_the_server_does_not_know_is_refused_and_changes_nothing(desk, secret, email, words):
    before = rows_of(desk.store, ["meta"])
    with pytest.raises(SignInError, match=words):
        desk.look(secret, email)
    assert rows_of(desk.store, ["meta"]) == before
    assert desk.accounts.state.sign_in is SignIn.NONE


def test_no_network_is_another_matter_than_a_wrong_token(desk):
    desk.server.fail(Fault("refused"))
    with pytest.raises(ServerError) as caught:
        desk.look()
    assert not isinstance(caught.value, SignInError)


def test_each_sign_in_and_out_makes_what_a_sync_knows_void(desk):
    epochs = [desk.meta("epoch")]
    desk.join(desk.look())
    epochs.append(desk.meta("epoch"))
    asyncio.run(desk.accounts.sign_out())
    epochs.append(desk.meta("epoch"))
    desk.join(desk.look())
    epochs.append(desk.meta("epoch"))
    assert epochs == [None, "1", "2", "3"]


def test_undo_passes_by_signing_in_and_out(desk):
    perform(desk.store, AddTag("deep"), desk.clock.now(), "UTC")
    desk.join(desk.look(), Join.MERGE)
    asyncio.run(desk.accounts.sign_out())
    done = perform(desk.store, Undo(), desk.clock.now(), "UTC")
    assert done.changes.step == "Undo: Add tag “deep”"


def test_signing_out_forgets_the_token_and_nothing_else(desk, ring):
    load(desk.store, project("p1"), entry("e1", NOW - 60, NOW))
    desk.join(desk.look())
    before = rows_of(desk.store)
    asyncio.run(desk.accounts.sign_out())
    assert rows_of(desk.store) == before
    assert ring.kept == {}
    assert desk.token() is None
    assert desk.accounts.state.account is None
    assert records.owner(desk.store.source, "track") == (5001, "user@example.com")
    with pytest.raises(RefusedError, match="Nobody is signed in"):
        asyncio.run(desk.accounts.sign_out())


def test_somebody_else_needs_another_profile_also_after_signing_out(desk):
    desk.server.world.found(5002, "other@example.com", OTHER, NOW)
    desk.join(desk.look())
    asyncio.run(desk.accounts.sign_out())
    with pytest.raises(RefusedError, match="--profile"):
        desk.look(OTHER)
    assert desk.look().account.user == 5001


def test_local_work_is_previewed_and_joined_or_kept_apart(desk):
    load(desk.store, project("p1", "Website"), entry("e1", NOW - 600, NOW - 60))
    world = desk.server.world
    world.add("project", {"workspace_id": 7001, "name": "website", "active": True}, NOW)
    found = desk.look()
    assert found.preview.workspace == "Example workspace 1" or found.preview.workspace
    assert found.preview.names["project"].known == 1
    assert found.preview.entries_new == 1
    desk.join(found, Join.APART)
    assert desk.meta("home") == "apart"
    assert desk.look().preview is None  # it was decided
    asyncio.run(desk.accounts.sign_out())
    desk.join(desk.look(), Join.MERGE)
    assert desk.meta("home") == "7001"


def test_an_empty_store_joins_without_a_question(desk):
    found = desk.look()
    assert found.preview is None
    desk.join(found)
    assert desk.meta("home") == "7001"
    assert len(desk.server.seen) == 1


def test_a_keyring_that_cuts_short_is_told_and_nothing_is_half_done(desk, ring):
    found = desk.look()
    ring.most = 8
    with pytest.raises(SignInError, match="did not give the token back unchanged"):
        desk.join(found)
    assert desk.meta("account.track") is None
    assert ring.kept == {}
    state = desk.join(found, place=TokenPlace.SESSION)
    assert state.account.token_place is TokenPlace.SESSION
    assert desk.token() == Secret(TOKEN)


def test_a_keyring_that_cuts_short_does_not_cost_the_token_that_is_there(desk, ring):
    desk.join(desk.look())
    ring.most = 8
    with pytest.raises(SignInError):
        desk.join(desk.look())
    assert list(ring.kept.values()) == [TOKEN]


@pytest.mark.parametrize(
    ("error", "words"),
    [(InitError("Prompt dismissed"), "locked"), (RuntimeError(TOKEN), "RuntimeError")],
)
def test_a_keyring_that_is_locked_or_fails_is_a_sentence(desk, ring, error, words):
    found = desk.look()
    ring.raises = error
    with pytest.raises(SignInError, match=words) as caught:
        desk.join(found)
    assert TOKEN not in caught.value.sentence
    ring.raises = None
    desk.join(found)
    desk.again()
    ring.raises = error
    with pytest.raises(SignInError, match="Sign in again"):
        desk.token()


def test_a_session_ends_with_the_session(desk):
    desk.join(desk.look(), place=TokenPlace.SESSION)
    assert desk.token() == Secret(TOKEN)
    desk.again()
    with pytest.raises(SignInError, match="for one session"):
        desk.token()


def test_a_token_that_left_the_keyring_is_noticed(desk, ring):
    desk.join(desk.look())
    desk.again()
    ring.kept.clear()
    with pytest.raises(SignInError, match="does not have the token any more"):
        desk.token()


def test_the_environments_token_is_used_and_never_stored(tmp_path, ring):
    desk = Desk(tmp_path, TOGGL_TRACK_TOKEN=TOKEN)
    assert desk.token() == Secret(TOKEN)
    desk.join(desk.look(desk.accounts.environment_token.reveal()), place=TokenPlace.ENVIRONMENT)
    assert ring.kept == {}
    assert leaks([tmp_path], [TOKEN]) == []
    desk.environment.pop("TOGGL_TRACK_TOKEN")
    desk.again()
    with pytest.raises(SignInError, match="came from TOGGL_TRACK_TOKEN, which is not set here"):
        desk.token()
    desk.store.close()


def test_the_environments_token_signs_in_by_itself_where_nothing_is_to_be_decided(tmp_path, ring):
    desk = Desk(tmp_path, TOGGL_TRACK_TOKEN=TOKEN)
    assert desk.token() == Secret(TOKEN)
    assert desk.accounts.state.account.token_place is TokenPlace.ENVIRONMENT
    assert desk.token() == Secret(TOKEN)
    assert len(desk.server.seen) == 1  # asked once in a run
    desk.store.close()


def test_whose_the_environments_token_is_is_asked_once_until_it_changes(tmp_path, ring):
    desk = Desk(tmp_path, TOGGL_TRACK_TOKEN=TOKEN)
    for _ in range(3):
        assert desk.token() == Secret(TOKEN)
        desk.again()
    assert len(desk.server.seen) == 1
    desk.environment["TOGGL_TRACK_TOKEN"] = OTHER
    desk.again()
    with pytest.raises(SignInError, match="TOGGL_TRACK_TOKEN"):
        desk.token()
    assert len(desk.server.seen) == 2
    desk.environment["TOGGL_TRACK_TOKEN"] = TOKEN
    desk.again()
    desk.token()
    assert "in TOGGL_TRACK_TOKEN" in desk.accounts.refuse("Incorrect username. Sign in again.")
    assert desk.accounts.state.sign_in is SignIn.REFUSED
    desk.again()
    desk.token()  # refused once, it is asked anew
    assert len(desk.server.seen) == 3
    assert leaks([tmp_path], [TOKEN]) == []
    desk.store.close()


def test_the_environments_token_waits_while_there_is_something_to_decide(tmp_path, ring):
    desk = Desk(tmp_path, TOGGL_TRACK_TOKEN=TOKEN)
    load(desk.store, entry("e1", NOW - 600, NOW - 60))
    with pytest.raises(SignInError, match="what becomes of it"):
        desk.token()
    assert desk.accounts.account is None
    desk.store.close()


def test_the_environments_token_of_somebody_else_never_touches_this_profile(tmp_path, ring):
    desk = Desk(tmp_path)
    desk.join(desk.look())
    desk.server.world.found(5002, "other@example.com", OTHER, NOW)
    desk.environment["TOGGL_TRACK_TOKEN"] = OTHER
    desk.again()
    with pytest.raises(SignInError, match="--profile"):
        desk.token()
    desk.server.fail(Fault("refused"))
    with pytest.raises(ServerError):
        desk.token()
    desk.store.close()


def test_a_refused_token_is_a_state_until_somebody_signs_in_again(desk):
    desk.join(desk.look())
    desk.accounts.refuse("Toggl does not accept the sign-in. Sign in again.")
    state = desk.accounts.state
    assert state.needs_person
    assert "Sign in again" in state.sentence
    desk.join(desk.look())
    assert not desk.accounts.state.needs_person


def test_new_entries_go_where_a_person_says(desk):
    desk.join(desk.look())
    with desk.store.transaction("From Toggl", NOW) as tx:
        for lid, rid in (("local", 7001), ("w2", 7002)):
            tx.save(workspace(lid=lid, name=f"Place {rid}"))
            tx.bindings.append(Binding("track", "workspace", lid, rid, {}, unsent=False))
    state = desk.accounts.state
    assert (dict(state.homes), state.home) == ({"local": "Place 7001", "w2": "Place 7002"}, "local")
    desk.accounts.choose_home("w2")
    assert desk.accounts.state.home == "w2"
    with pytest.raises(NothingToDoError):
        desk.accounts.choose_home("w2")


def test_what_another_process_signs_out_or_in_counts_here_at_once(desk, ring):
    here = desk.accounts
    desk.join(desk.look())
    desk.again()  # the terminal
    asyncio.run(desk.accounts.sign_out())
    assert asyncio.run(here.token()) is None  # nothing goes on with the token that it had
    assert here.state.account is None
    desk.join(desk.look())
    assert asyncio.run(here.token()) == Secret(TOKEN)
    here.refuse("Toggl does not accept the sign-in.")
    assert here.state.needs_person
    asyncio.run(desk.accounts.sign_out())
    assert (here.state.needs_person, here.state.sentence) == (False, "")


def test_a_session_outlives_a_restored_backup_but_not_a_sign_out_elsewhere(desk):
    here = desk.accounts
    desk.join(desk.look(), place=TokenPlace.SESSION)
    with desk.store.transaction("Restore", NOW) as tx:
        tx.keep_even_if_empty = True
        tx.step.meta[schema.EPOCH] = schema.next_epoch(desk.store.source)
    assert asyncio.run(here.token()) == Secret(TOKEN)
    desk.again()
    asyncio.run(desk.accounts.sign_out())
    assert asyncio.run(here.token()) is None


def test_the_address_comes_from_the_environment_then_the_settings(desk):
    from toggl_desktop.store import settings

    assert desk.accounts.url == "http://127.0.0.1:1/api/v9"
    desk.environment.clear()
    assert desk.accounts.url == "https://api.track.toggl.com/api/v9"
    settings.save(desk.store.place.settings, "track_url", "https://track.example/api/v9")
    assert desk.accounts.url == "https://track.example/api/v9"


def test_a_plain_address_that_is_not_this_computer_is_never_spoken_to(tmp_path, ring):
    desk = Desk(tmp_path, TOGGL_TRACK_URL="http://evil.example/api/v9")
    with pytest.raises(ServerError, match="must be reached by https"):
        desk.look()
    assert desk.server.seen == []
    desk.store.close()


def test_an_extra_authority_that_cannot_be_read_is_named(desk):
    from toggl_desktop.store import settings

    settings.save(desk.store.place.settings, "certificate_authority", "/nowhere/ca.pem")
    real = Accounts(desk.store, {}, desk.clock.now)
    with pytest.raises(RefusedError, match=r"/nowhere/ca\.pem cannot be used"):
        asyncio.run(real.look(Given(Secret(TOKEN))))


def test_nothing_of_httpx_reaches_whoever_asks(desk):
    desk.server.fail(Fault("before"))
    with pytest.raises(ServerError) as caught:
        desk.look()
    assert not isinstance(caught.value, httpx.HTTPError)


@pytest.mark.parametrize("url", ["http://ann:s3cret@company.example:3128", "company.example:3128"])
def test_a_proxy_of_the_environment_is_said_without_its_password(desk, monkeypatch, url):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert desk.accounts.state.proxy == ""
    monkeypatch.setenv("HTTPS_PROXY", url)
    assert desk.accounts.state.proxy == "company.example:3128"


def test_a_proxys_name_and_password_are_in_the_keyring_alone_and_the_account_says_the_way(desk):
    from toggl_desktop.store import settings

    where = desk.store.place.settings
    with pytest.raises(RefusedError, match="must not contain") as caught:
        settings.save(where, "proxy", "http://ann:s3cret@proxy.example:3128")
    assert "s3cret" not in caught.value.sentence
    settings.save(where, "proxy", "http://proxy.example:3128")
    real = Accounts(desk.store, {}, desk.clock.now)
    asyncio.run(real.proxy.keep("ann", Secret("s3:cret")))
    asyncio.run(real.proxy.ask())
    way = real.proxy.way("http://proxy.example:3128")
    assert (way.user, way.password) == ("ann", "s3:cret")
    assert "s3:cret" not in where.read_text()
    assert real.state.proxy == "proxy.example:3128"
    asyncio.run(real.proxy.keep("", Secret("")))
    asyncio.run(real.proxy.ask())
    assert real.proxy.way("http://proxy.example:3128").user == ""
