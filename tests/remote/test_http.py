"""The client base: what it sends, what it refuses to read, and what it never tells."""

import asyncio
import logging
import traceback

import httpx
import pytest

from tests.remote.loopback import Server
from tests.support.secrets import SECRETS, leaks
from tests.support.track.transport import squeezed
from toggl_desktop import __version__
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.remote import errors
from toggl_desktop.remote.http import Answer, Ask, Http, about, scope_of
from toggl_desktop.remote.secret import Basic, token
from toggl_desktop.remote.verdict import Reply, verdict, words

TOKEN = SECRETS["track-token-0"]
PASSWORD = SECRETS["account-password-0"]


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def ask(server: Server, method="GET", path="/me", basic=None, **options):
    async def inside() -> Answer:
        base = f"http://127.0.0.1:{server.port}/api/v9"
        async with Http(base, basic or token(TOKEN), seconds=options.pop("seconds", 5)) as http:
            return await http.ask(method, path, **options)

    return asyncio.run(inside())


@pytest.fixture
def server():
    with Server(lambda _line: None) as server:
        server.says(answer())
        yield server


def test_a_read_asks_past_every_cache_and_names_the_program(server):
    ask(server, query={"since": 5, "meta": True, "left_out": None})
    request = server.heard[0].decode().lower()
    assert request.startswith("get /api/v9/me?since=5&meta=true http/1.1")
    assert "cache-control: no-cache" in request
    assert f"user-agent: toggl-desktop/{__version__}" in request
    assert "content-type: application/json" in request
    assert "accept-encoding: gzip\r\n" in request
    assert "cookie" not in request


def test_the_token_is_in_the_authorization_header_and_nowhere_else(server):
    ask(server, "POST", "/me", body={"fullname": "x"})
    request = server.heard[0]
    header = token(TOKEN).header().encode()
    assert request.count(header) == 1
    assert TOKEN.encode() not in request


def test_no_cookie_is_ever_sent_back(server):
    async def twice():
        async with Http(f"http://127.0.0.1:{server.port}", token(TOKEN)) as http:
            await http.ask("GET", "/me")
            await http.ask("GET", "/me")

    secret = SECRETS["track-cookie-0"]
    server.says(answer(b"{}", "200 OK", f"Set-Cookie: session={secret}", "Connection: close"))
    asyncio.run(twice())
    assert len(server.heard) == 2
    assert secret.encode() not in server.heard[1]


def test_a_redirect_is_never_followed_and_takes_no_token_along(server):
    with Server(lambda _line: None) as evil:
        evil.says(answer())
        where = f"Location: http://127.0.0.1:{evil.port}/api/v9/me"
        for status in ("301 Moved", "302 Found", "307 Temporary", "308 Permanent"):
            server.says(answer(b"", status, where))
            with pytest.raises(errors.CaptiveError, match="redirects to another place"):
                ask(server)
        assert evil.heard == []


@pytest.mark.parametrize(
    "base", ["http://track.example/api/v9", "https://u:p@track.example", "ftp://x", "nonsense"]
)
def test_an_address_that_may_not_be_spoken_to_is_refused_before_anything(base):
    with pytest.raises(errors.NotSentError):
        Http(base, token(TOKEN))


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(server):
    body = squeezed(b'{"id": 5}')
    server.says(answer(body, "200 OK", "Content-Encoding: gzip"))
    assert ask(server).anything() == {"id": 5}
    bomb = squeezed(b"[" + b" " * (21 * 1024 * 1024) + b"]")
    assert len(bomb) < 50_000
    server.says(answer(bomb, "200 OK", "Content-Encoding: gzip"))
    with pytest.raises(errors.UnreadableError, match="too large"):
        ask(server)


@pytest.mark.parametrize(
    ("body", "encoding"), [(b"xx", "gzip"), (squeezed(b"{}")[:-9], "gzip"), (b"xx", "br")]
)
def test_a_broken_or_unasked_packing_is_ambiguous(server, body, encoding):
    server.says(answer(body, "200 OK", f"Content-Encoding: {encoding}"))
    with pytest.raises(errors.AmbiguousError):
        ask(server)


def test_an_endless_body_ends_at_twenty_megabytes(server):
    def flood(line):
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not server.released.is_set():
            line.sendall(b" " * 1_000_000)

    server._script = flood
    with pytest.raises(errors.UnreadableError, match="too large"):
        ask(server)


def test_a_flood_of_headers_is_given_up(server):
    server.says(b"HTTP/1.1 200 OK\r\n" + b"X-Flood: 1\r\n" * 200_000 + b"\r\n")
    with pytest.raises(errors.AmbiguousError):
        ask(server)


def test_a_name_that_cannot_be_found_was_not_sent(monkeypatch):
    async def inside():
        async with Http("https://track.example/api/v9", token(TOKEN)) as http:
            await http.ask("POST", "/me", body={})

    import socket

    def unknown(*_arguments, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(errors.NotSentError, match="its name cannot be found"):
        asyncio.run(inside())


def test_a_proxy_gets_connect_only_and_no_token(server, monkeypatch):
    server.says(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    secret = SECRETS["proxy-password-0"]
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{secret}@127.0.0.1:{server.port}")

    async def inside():
        async with Http("https://track.example/api/v9", token(TOKEN)) as http:
            await http.ask("GET", "/me")

    with pytest.raises(errors.NotSentError) as caught:
        asyncio.run(inside())
    assert server.heard[0].startswith(b"CONNECT track.example:443 ")
    assert token(TOKEN).header().encode() not in server.heard[0]
    assert secret not in caught.value.sentence


class Watch:
    """A gate that writes down who passed."""

    def __init__(self, refusal=None):
        self.entered: list[Ask] = []
        self.left: list[object] = []
        self._refusal = refusal

    async def enter(self, ask_):
        self.entered.append(ask_)
        if self._refusal is not None:
            raise self._refusal

    def leave(self, ask_, outcome):
        self.left.append(outcome)


def test_the_gate_sees_every_request_and_what_the_server_said_of_the_quota(server):
    gate = Watch()
    told = ("X-Toggl-Quota-Remaining: 12", "X-Toggl-Quota-Resets-In: 1800")
    server.says(answer(b"{}", "404 Not Found", *told, "Date: Mon, 21 Sep 2026 14:13:20 GMT"))

    async def inside():
        async with Http(f"http://127.0.0.1:{server.port}", None, gate) as http:
            await http.ask("PUT", "/workspaces/7001/tags/5", body={})

    with pytest.raises(errors.GoneError):
        asyncio.run(inside())
    assert gate.entered == [Ask("PUT", "/workspaces/7001/tags/5", "workspace/7001")]
    (reply,) = gate.left
    assert (reply.status, reply.remaining, reply.resets_in) == (404, 12, 1800)
    assert reply.server_time == 1_790_000_000


def test_a_gate_that_refuses_keeps_the_request_at_home(server):
    refusal = errors.QuotaSpentError("Spent.", "me", 60)

    async def inside():
        async with Http(f"http://127.0.0.1:{server.port}", None, Watch(refusal)) as http:
            await http.ask("GET", "/me")

    with pytest.raises(errors.QuotaSpentError):
        asyncio.run(inside())
    assert server.heard == []


def test_a_cancelled_request_is_still_told_to_the_gate(server):
    gate = Watch()
    server._script = lambda line: server.released.wait(5)

    async def inside():
        async with Http(f"http://127.0.0.1:{server.port}", None, gate) as http:
            task = asyncio.ensure_future(http.ask("GET", "/me"))
            await asyncio.sleep(0.05)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(inside())
    server.released.set()
    assert isinstance(gate.left[0], errors.AmbiguousError)


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/me", "me"),
        ("/me/time_entries", "me"),
        ("/workspaces/7001/projects", "workspace/7001"),
        ("/workspace/7001/search/time_entries", "workspace/7001"),
        ("/organizations/6001/users", "organization/6001"),
        ("/organizations", ""),
        ("/status", ""),
    ],
)
def test_the_path_tells_whose_quota_it_is(path, scope):
    assert scope_of(path) == scope


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b'"plain words"', "application/json", "plain words"),
        (b"plain text", "text/plain", "plain text"),
        (b'{"error_message": "from an object"}', "", "from an object"),
        (b'{"message": ["a", {"error": "b"}]}', "", "a; b"),
        (b'{"errors": {"description": "deep"}}', "", "deep"),
        (b'{"code": 7}', "", ""),
        (b"[" * 5000, "", "[" * 500),
        (b"", "", ""),
        (b"<html>hotel</html>", "text/html", ""),
        ("ab\u202ec\x00d\n e".encode(), "", "ab c d  e"),
        (b"\xff\xfe", "", "\ufffd\ufffd"),
        (b"x" * 9000, "", "x" * 500),
    ],
)
def test_the_servers_own_sentence_is_found_in_every_form(body, kind, said):
    assert words(body, kind) == said


@pytest.mark.parametrize(
    ("body", "remaining", "kind"),
    [
        (b"You have hit your hourly limit for API calls.", None, errors.QuotaSpentError),
        (b"The quota will reset in 90 seconds.", None, errors.QuotaSpentError),
        (b"", "0", errors.QuotaSpentError),
        (b"", None, errors.PlanRequiredError),
        (b'"Available for Starter and higher plans."', "0", errors.PlanRequiredError),
        (b'"Billable is a premium feature"', "25", errors.PlanRequiredError),
    ],
)
def test_the_two_meanings_of_402_are_told_apart(body, remaining, kind):
    headers = {} if remaining is None else {"x-toggl-quota-remaining": remaining}
    found = verdict(Reply("GET", "/me", "me", 402, body).told(headers))
    assert type(found) is kind
    if b"90 seconds" in body:
        assert found.resets_in == 90


def test_nothing_secret_is_in_errors_logs_or_reprs(server, caplog):
    caplog.set_level(logging.DEBUG)
    server.says(answer(b"no", "500 Trouble", f"Set-Cookie: a={SECRETS['track-cookie-1']}"))
    basic = Basic("user@example.com", PASSWORD)
    shown = [repr(basic), repr(token(TOKEN)), repr(Secret(TOKEN)), str(vars(Http)), f"{basic}"]

    def fail(**options):
        try:
            ask(server, **options)
        except errors.RemoteError as error:
            trace = traceback.TracebackException.from_exception(error, capture_locals=True)
            shown.extend(trace.format())
            shown.append(repr(vars(error)))

    fail(basic=basic)
    fail()
    server._script = lambda line: line.close()
    fail()
    server.says(answer(b"\xff"))
    with about("0192"):
        fail(method="POST", path="/workspaces/1/tags", body={"name": "x"})
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("httpcore")]
    assert any(", for 0192" in line for line in ours)
    assert leaks([*shown, *ours], [TOKEN, PASSWORD, SECRETS["track-cookie-1"]]) == []


def test_a_secret_is_equal_to_itself_and_to_nothing_else():
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1
    assert not Secret("")
    assert Secret("a").reveal() == "a"


def test_no_error_of_httpx_comes_out(server):
    server._script = lambda line: line.sendall(b"SSH-2.0\r\n")
    with pytest.raises(errors.AmbiguousError) as caught:
        ask(server)
    assert not isinstance(caught.value, httpx.HTTPError)
