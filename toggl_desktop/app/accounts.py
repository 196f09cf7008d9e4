"""Signing in to Toggl Track and out again; who is signed in, and where the token is.

A profile holds one person's work: signing in as somebody else is refused with the way to another
profile. The token goes to the system's keyring, or stays in memory for this run when a person says
so, or comes from the environment and is never stored. Nothing here shows anything.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

from toggl_desktop.app import adopted
from toggl_desktop.app.proxying import ProxyKeeper, of_environment
from toggl_desktop.domain.accounts import (
    Account,
    AccountState,
    Found,
    Given,
    Join,
    Preview,
    SignIn,
    TokenPlace,
)
from toggl_desktop.domain.commands import ChooseHome
from toggl_desktop.domain.errors import RefusedError, SignInError
from toggl_desktop.domain.ids import WorkspaceId
from toggl_desktop.domain.instants import Instant
from toggl_desktop.domain.proxies import named
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.store import accounts, schema, settings
from toggl_desktop.store.read import home as read_home
from toggl_desktop.store.read import local
from toggl_desktop.system import keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toggl_desktop.domain.clock import Reading
    from toggl_desktop.remote.http import Gate, Http
    from toggl_desktop.remote.secret import Basic
    from toggl_desktop.remote.track.client import Track
    from toggl_desktop.remote.track.me import Related
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.source import Source
    from toggl_desktop.system.keyring import KeyringState

TOKEN_VARIABLE: Final = "TOGGL_TRACK_TOKEN"  # noqa: S105 - a variable's name
URL_VARIABLE: Final = "TOGGL_TRACK_URL"
_DAY: Final = 86_400
_UNKNOWN: Final = (
    f"Toggl does not know the token in {TOKEN_VARIABLE}. Everything is kept here and waits; "
    "set the one from Toggl's profile settings."
)
_TOKEN: Final = re.compile(r"[\x21-\x39\x3b-\x7e]{16,200}")
"""Today's tokens are 32 hexadecimal digits; tomorrow's may be longer."""
EPOCH: Final = "epoch"
"""Meta key: a number that grows when what a sync under way knows is void (R54)."""


def token_name(source: Source) -> str:
    """Returns under which name the keyring keeps the token of this store's account."""
    return f"track/{schema.meta(source, schema.STORE_ID)}"


class Accounts:
    """The account of one profile at Toggl Track.

    Args:
        store: The profile's store, on its own thread.
        environment: Where `TOGGL_TRACK_TOKEN` and `TOGGL_TRACK_URL` may be.
        now: Reads the clocks.
        connect: Opens a client; tests put their own in.
    """

    def __init__(
        self,
        store: Store,
        environment: Mapping[str, str],
        now: Callable[[], Reading],
        connect: Callable[[str, Basic | None], Http] | None = None,
    ) -> None:
        self._store = store
        self._environment = environment
        self._now = now
        self._connect = connect or self._client
        self._session: Secret | None = None
        self._refused = ""
        self._adopted: Secret | None = None
        self._heard: tuple[str | None, Account | None] = (None, None)
        self.proxy = ProxyKeeper(store)

    # Where and who ------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The server's address: from the environment, from the settings, or Toggl's own."""
        from toggl_desktop.remote.track.client import TRACK_URL

        chosen = settings.load(self._store.place.settings).track_url
        return self._environment.get(URL_VARIABLE) or chosen or TRACK_URL

    def _client(self, url: str, basic: Basic | None, gate: Gate | None = None) -> Http:
        from toggl_desktop.remote.http import Http

        authority, proxy = self.proxy.chosen()
        return Http(url, basic, gate, authority=authority, proxy=proxy)

    def client(self, basic: Basic, gate: Gate) -> Http:
        """Returns a client to the account's server; close it inside the loop it was used in."""
        return self._client(self.url, basic, gate)

    @property
    def account(self) -> Account | None:
        """Who is signed in, whether or not the token can be had."""
        return accounts.signed_in(self._store.source, "track")

    def _heed(self) -> None:
        """Forgets what another process made void by signing in or out; a session's token stays."""
        account = self.account
        heard = schema.meta(self._store.source, EPOCH), account
        if heard == self._heard:
            return
        is_same = account is not None and account == self._heard[1]
        if not is_same or (account and account.token_place is TokenPlace.KEYRING):
            self._session = None
        self._refused, self._heard = "", heard

    def _token_name(self) -> str:
        return token_name(self._store.source)

    @property
    def environment_token(self) -> Secret | None:
        """The token that the environment gives for this run, if it does."""
        given = self._environment.get(TOKEN_VARIABLE, "").strip()
        return Secret(given) if given else None

    async def token(self) -> Secret | None:
        """Returns the token, from wherever it is; None when there is none to be had now.

        Raises:
            SignInError: The keyring is locked, missing or hanging, or the environment's token is
                not for this profile.
            ServerError: Whose token the environment's is could not be asked.
        """
        await self.proxy.ask()
        given = self.environment_token
        if given is not None:
            await self._adopt(given)
            return given
        self._heed()
        if self._session is not None:
            return self._session
        account = self.account
        if account is None:
            return None
        if account.token_place is TokenPlace.ENVIRONMENT:
            raise SignInError(
                f"The token came from {TOKEN_VARIABLE}, which is not set here. Everything is kept; "
                "set it, or sign in again."
            )
        if account.token_place is not TokenPlace.KEYRING:
            raise SignInError(
                "The sign-in is for one session: the window it was made in goes on with sync. "
                "Anywhere else, sign in again."
            )
        held = await asyncio.get_running_loop().run_in_executor(
            None, keyring.load, self._token_name()
        )
        if held.secret is None:
            reason = held.state.sentence
            if held.state.condition is keyring.Condition.READY:
                reason = "The keyring does not have the token any more."
            raise SignInError(f"{reason} Everything is kept here. Sign in again to go on.")
        self._session = Secret(held.secret)
        return self._session

    async def _adopt(self, token: Secret) -> None:
        """Makes sure, once for each token, that the environment's is this profile's person's."""
        account = self.account
        if account is not None and adopted.is_known(self._store, token, account):
            self._adopted = token
        if self._adopted == token:
            return
        try:
            found = await self.look(Given(token))
        except RefusedError as error:
            raise SignInError(error.sentence) from None
        except SignInError:
            raise SignInError(_UNKNOWN) from None
        if found.preview is not None:
            raise SignInError(
                "There is work on this computer already. Sign in with “Account…” or "
                "“toggl-desktop signin track” to say what becomes of it; nothing was sent."
            )
        account = self.account
        if account is None or account.user != found.account.user:
            await self.join(found, None, TokenPlace.ENVIRONMENT)
        adopted.remember(self._store, token, self.account or found.account)
        self._adopted = token

    # Signing in ---------------------------------------------------------------------------

    async def look(self, given: Given) -> Found:
        """Asks the server who this is, and works out what joining would do. Writes nothing.

        Raises:
            SignInError: The server does not accept it.
            ServerError: It could not be asked.
            RefusedError: This profile is somebody else's.
        """
        from toggl_desktop.remote.errors import UnreadableError
        from toggl_desktop.remote.secret import Basic, token
        from toggl_desktop.remote.track.client import Track

        await self.proxy.ask()
        url = self.url
        basic = (
            Basic(given.email, given.secret.reveal())
            if given.email
            else token(_checked(given.secret).reveal())
        )
        async with self._connect(url, basic) as http:
            track = Track(http, url)
            related = await _known(track, given)
            self._refuse_stranger(related.me.id)
            kept = related.token if given.email else given.secret
            if not kept:
                raise UnreadableError("Toggl did not tell the API token. Sign in with the token.")
            preview = await self._preview(track, related)
        me = related.me
        workspace = me.default_workspace_id
        names = {one.id: one.name for one in related.workspaces}
        if workspace not in names:
            workspace = next(iter(names), None)
        account = Account(
            me.id,
            me.email,
            me.fullname,
            workspace,
            names.get(workspace, "") if workspace is not None else "",
            url,
            TokenPlace.KEYRING,
        )
        return Found(account, kept, preview)

    def _refuse_stranger(self, user: int) -> None:
        owner = accounts.owner(self._store.source, "track")
        if owner is not None and owner[0] != user:
            raise RefusedError(
                f"The work in this profile is that of {owner[1] or f'user {owner[0]}'}, and two "
                "people's work never shares one. Nothing was changed; sign in to a profile of your "
                "own: toggl-desktop --profile NAME."
            )

    async def _preview(self, track: Track, related: Related) -> Preview | None:
        from toggl_desktop.remote.track.moments import midnight
        from toggl_desktop.sync.preview import WINDOW_DAYS, preview

        if accounts.is_joined(self._store.source):
            return None
        now = self._now().wall
        low = Instant(now - WINDOW_DAYS * _DAY)
        here = local.work(self._store.source, low)
        if here.is_empty:
            return None
        entries = list(related.entries)
        if here.entries:
            span = await track.entries.between(midnight(low), midnight(Instant(now + 2 * _DAY)))
            entries = list(span) or entries
        return preview(here, related, entries, _home(related))

    async def join(self, found: Found, how: Join | None, place: TokenPlace) -> AccountState:
        """Signs in: keeps the token, writes down who it is, and what becomes of what was here.

        A keyring that does not take the token raises SignInError; nothing was changed then, and it
        can be asked again, or for this session only.

        Args:
            found: Who it is.
            how: What becomes of the work that is here; None keeps what was decided before.
            place: Where the token goes.
        """
        if place is TokenPlace.KEYRING:
            state = await self._keep(found.token)
            if state.condition is not keyring.Condition.READY:
                raise SignInError(state.sentence)
        account = Account(
            found.account.user,
            found.account.email,
            found.account.name,
            found.account.workspace,
            found.account.workspace_name,
            found.account.url,
            place,
        )
        if how is None and not accounts.is_joined(self._store.source):
            how = Join.MERGE
        with accounts.step(self._store, "Sign in to Toggl Track", self._now().wall) as tx:
            self._refuse_stranger(account.user)
            accounts.remember(tx, "track", account)
            if how is not None:
                accounts.join(tx, account.workspace if how is Join.MERGE else None)
            tx.step.meta[EPOCH] = self._next_epoch()
        self._heed()
        self._session = found.token if place is not TokenPlace.ENVIRONMENT else None
        return self.state

    async def _keep(self, token: Secret) -> KeyringState:
        return await asyncio.get_running_loop().run_in_executor(
            None, keyring.save, self._token_name(), token.reveal()
        )

    def _next_epoch(self) -> str:
        return str(int(schema.meta(self._store.source, EPOCH) or 0) + 1)

    # Afterwards ---------------------------------------------------------------------------

    async def sign_out(self) -> None:
        """Signs out: the token is forgotten, everything recorded stays, waiting edits too."""
        account = self.account
        if account is None and self._session is None:
            raise RefusedError("Nobody is signed in.")
        with accounts.step(self._store, "Sign out of Toggl Track", self._now().wall) as tx:
            accounts.forget(tx, "track")
            tx.step.meta[EPOCH] = self._next_epoch()
        self._heed()
        if account is not None and account.token_place is TokenPlace.KEYRING:
            await asyncio.get_running_loop().run_in_executor(
                None, keyring.forget, self._token_name()
            )

    def choose_home(self, workspace: str) -> None:
        """Lets new entries go to a workspace of the account. Raises KnownError."""
        from toggl_desktop.actions import home

        home.choose(self._store, ChooseHome(WorkspaceId(workspace)), self._now())

    def refuse(self, sentence: str) -> str:
        """Hears from a sync that the server did not accept the token; returns what to say of it."""
        self._heed()
        given = self.environment_token
        was_known = self._adopted == given or self._refused == _UNKNOWN
        if given is not None and was_known:
            adopted.forget(self._store)
            self._adopted, sentence = None, _UNKNOWN
        self._refused = sentence
        self._session = None
        return sentence

    @property
    def state(self) -> AccountState:
        """How it stands, without asking anybody."""
        self._heed()
        account = self.account
        chosen = settings.load(self._store.place.settings)
        way = (named(chosen.proxy) or of_environment(), chosen.certificate_authority)
        if self._refused:
            return AccountState(SignIn.REFUSED, account, self._refused, *way)
        if account is None:
            return AccountState(SignIn.NONE, None, "", *way)
        source = self._store.source
        homes = read_home.homes(source)
        here = read_home.home(source)
        return AccountState(
            SignIn.READY, account, "", *way, homes=homes, home=here if here in homes else ""
        )


async def _known(track: Track, given: Given) -> Related:
    """Returns who it is, or says plainly that the server does not know them."""
    from toggl_desktop.remote.errors import AuthRefusedError

    try:
        return await track.me.related()
    except AuthRefusedError:
        what = "e-mail address and password" if given.email else "token"
    raise SignInError(f"Toggl does not know this {what}. Nothing was changed; check and try again.")


def _home(related: Related) -> int | None:
    ids = [one.id for one in related.workspaces]
    default = related.me.default_workspace_id
    return default if default in ids else next(iter(ids), None)


def _checked(secret: Secret) -> Secret:
    """Refuses what cannot be a token, before it is sent anywhere."""
    text = secret.reveal().strip()
    if not _TOKEN.fullmatch(text):
        raise SignInError(
            "This is not an API token. You find yours in Toggl's profile settings, at the bottom: "
            "32 letters and digits."
        )
    return Secret(text)
