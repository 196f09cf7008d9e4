"""`signin`, `signout`: who this profile is in step with.

Secrets are read from a prompt or from standard input, never from an argument: other people on the
machine can see those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from toggl_desktop.cli.arguments import JSON, Command, Option, Word
from toggl_desktop.domain.errors import RefusedError, SignInError

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.domain.accounts import (
        Account,
        AccountState,
        Found,
        Join,
        TokenPlace,
    )
    from toggl_desktop.domain.accounts import Given as Typed
    from toggl_desktop.domain.secrets import Secret
    from toggl_desktop.store.database import Store


class Desk(Protocol):
    """Whoever knows the server and the keyring; each call waits until it is done."""

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        ...

    @property
    def environment_token(self) -> Secret | None:
        """The token that the environment gives, if it does."""
        ...

    def look(self, given: Typed) -> Found:
        """Asks the server who this is; changes nothing."""
        ...

    def join(self, found: Found, how: Join | None, place: TokenPlace) -> AccountState:
        """Signs in."""
        ...

    def keep_proxy(self, user: str, password: Secret) -> None:
        """Keeps what the proxy wants in the keyring; an empty name forgets it."""
        ...

    def sign_out(self) -> None:
        """Signs out."""
        ...


class Prompt(Protocol):
    """Where a person or a script answers questions."""

    @property
    def is_terminal(self) -> bool:
        """Whether a person sits there."""
        ...

    def line(self, question: str) -> str:
        """Returns a line of text."""
        ...

    def secret(self, question: str) -> str:
        """Returns a line that is not shown while it is typed."""
        ...


def _desk(context: Context, store: Store) -> Desk:
    make = context.machine.accounts
    assert make is not None
    return make(store, context.machine)


def _prompt(context: Context) -> Prompt:
    assert context.machine.prompt is not None
    return context.machine.prompt


def _sign_in_to_proxy(context: Context) -> None:
    from toggl_desktop.domain.secrets import Secret

    prompt = _prompt(context)
    user = prompt.line("User name at the proxy, or nothing to forget it: ").strip()
    password = prompt.secret("Password at the proxy: ").strip("\r\n") if user else ""
    with context.writing() as store:
        _desk(context, store).keep_proxy(user, Secret(password))
    done = "Kept in the keyring" if user else "Forgotten"
    context.output.line(f"{done}: what the proxy wants.")


def _sign_in(context: Context, given: Given) -> None:
    if given.word("SERVICE") == "proxy":
        _sign_in_to_proxy(context)
        return
    from toggl_desktop.domain.accounts import Join, TokenPlace

    if given.has("merge") and given.has("apart"):
        raise given.usage("“--merge” and “--apart” exclude each other.")
    with context.writing() as store:
        desk = _desk(context, store)
        token = desk.environment_token
        found = desk.look(_typed(_prompt(context), token))
        how = next((one for one in Join if given.has(one.value)), None)
        if found.preview is not None and how is None:
            how = _ask_how(context, found)
        place = TokenPlace.KEYRING if token is None else TokenPlace.ENVIRONMENT
        try:
            desk.join(found, how, place)
        except SignInError as error:
            raise SignInError(
                f"{error.sentence} Nothing was changed. Without a keyring the token can be given "
                "in TOGGL_TRACK_TOKEN."
            ) from None
    account = found.account
    if given.has("json"):
        context.output.json(
            {
                "service": "track",
                "user": account.user,
                "email": account.email,
                "workspace": account.workspace_name,
                "joined": how.value if how else None,
            }
        )
        return
    context.output.line(
        f"Signed in to Toggl Track as {account.email}, workspace “{account.workspace_name}”. "
        "“toggl-desktop sync” brings both sides up to date."
    )


def _typed(prompt: Prompt, token: Secret | None) -> Typed:
    from toggl_desktop.domain.accounts import Given as Typed
    from toggl_desktop.domain.secrets import Secret

    if token is not None:
        return Typed(token)
    first = prompt.secret("API token, or e-mail address: ").strip()
    if not first:
        raise RefusedError(
            "There was no token to read. Give it on standard input or at the prompt; "
            "nothing was changed."
        )
    if "@" not in first:
        return Typed(Secret(first))
    return Typed(Secret(prompt.secret(f"Password of {first}: ").strip("\r\n")), first)


def _ask_how(context: Context, found: Found) -> Join:
    """Shows what both ways would do, and asks; a script has to say it beforehand."""
    from toggl_desktop.domain.accounts import Join, apart_sentences, merge_sentences

    assert found.preview is not None
    prompt = _prompt(context)
    merged, apart = merge_sentences(found.preview), apart_sentences()
    if not prompt.is_terminal:
        raise RefusedError(
            f"There is work on this computer already. With --merge: {' '.join(merged)} "
            f"With --apart: {' '.join(apart)} Nothing was changed; say which."
        )
    context.output.line("There is work on this computer already.")
    for word, sentences in (("merge", merged), ("apart", apart)):
        context.output.line(f"{word}:")
        for sentence in sentences:
            context.output.line(f"  {sentence}")
    answer = prompt.line("merge or apart? ").strip().lower()
    for how in Join:
        if answer and how.value.startswith(answer):
            return how
    raise RefusedError("Neither was chosen. Nothing was changed.")


def _sign_out(context: Context, given: Given) -> None:
    from toggl_desktop.domain.errors import NothingToDoError
    from toggl_desktop.store import bindings

    with context.writing() as store:
        desk = _desk(context, store)
        account = desk.account
        if account is None:
            raise NothingToDoError("Nobody is signed in to Toggl Track.")
        if given.has("sync"):
            assert context.machine.syncer is not None
            state = context.machine.syncer(store, context.machine).sync(
                is_full=False, confirms=False
            )
            _refuse_unsent(len(bindings.waiting(store.source, "track")), state.text)
        waiting = bindings.waiting(store.source, "track")
        held = sum(bound.hold is not None for bound in waiting)
        desk.sign_out()
    if given.has("json"):
        context.output.json(
            {
                "service": "track",
                "user": account.user,
                "email": account.email,
                "unsent": len(waiting),
                "held": held,
            }
        )
        return
    context.output.line(f"Signed out {account.email}. Everything recorded stays on this computer.")
    if waiting:
        need = f" ({held} of them need you first: “toggl-desktop problems”)" if held else ""
        context.output.line(
            f"{len(waiting)} waiting to send{need} stay too, and are sent after the next sign-in."
        )


def _refuse_unsent(count: int, text: str) -> None:
    if count:
        said = f" {text}" if text else ""
        raise RefusedError(
            f"{count} could not be sent.{said} Nobody was signed out; without --sync what waits "
            "is kept here, and “toggl-desktop export json” saves it to a file."
        )


_SERVICE = Word("SERVICE", "which service, or the proxy on the way", choices=("track", "proxy"))
COMMANDS = (
    Command(
        "signin",
        "sign in to Toggl Track",
        _sign_in,
        words=(_SERVICE,),
        options=(
            Option("merge", "join the work that is here with the account"),
            Option("apart", "keep the work that is here out of the account"),
            JSON,
        ),
        details=(
            "Reads an API token, or an e-mail address and then the password, from the prompt or "
            "from standard input, one a line. Only the token is kept, in the system's keyring; a "
            "token in TOGGL_TRACK_TOKEN is used and never stored. When there is work on this "
            "computer already, what joining would do is said first. For a proxy that wants it, a "
            "user name and then a password are read and kept in the keyring; its address is the "
            "setting “proxy”."
        ),
    ),
    Command(
        "signout",
        "sign out; everything stays here",
        _sign_out,
        words=(Word("SERVICE", "which service", times="?", choices=("track",)),),
        options=(Option("sync", "send what waits first; sign out only if all was sent"), JSON),
        details=(
            "Says what still waits to be sent; it is kept here and sent after the next sign-in. "
            "Everything can be deleted in the window: Account…, Sign out."
        ),
    ),
)
