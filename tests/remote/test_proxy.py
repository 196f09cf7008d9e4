"""A proxy sees a server's name and nothing that is sent; this computer is reached without it."""

import asyncio
import base64
import logging

import pytest

from tests.remote.loopback import Server
from toggl_desktop.domain.proxies import named, refuse_proxy
from toggl_desktop.remote.errors import NotSentError, RemoteError
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.proxy import Proxy
from toggl_desktop.remote.secret import token

TOKEN = "0123456789abcdef0123456789abcdef"
BASE = "https://api.track.toggl.com/api/v9"


def proxy_that(heard, answer=b"HTTP/1.1 200 Connection established\r\n\r\n"):
    """Takes a request for a tunnel, answers, and keeps what comes through it."""

    def script(line):
        head = b""
        while b"\r\n\r\n" not in head:
            part = line.recv(4096)
            if not part:
                break
            head += part
        heard.append(head)
        line.sendall(answer)
        heard.append(line.recv(4096))

    return Server(script)


def ask(base, proxy):
    async def go():
        async with Http(base, token(TOKEN), proxy=proxy, seconds=5) as http:
            await http.ask("GET", "/me")

    asyncio.run(go())


def test_it_sees_connect_and_a_tunnel_and_never_the_token(caplog):
    caplog.set_level(logging.DEBUG, "remote")
    heard = []
    with proxy_that(heard) as server, pytest.raises(RemoteError) as caught:
        ask(BASE, Proxy(f"http://127.0.0.1:{server.port}", "ann", "s3cret"))
    head, inside = heard[:2]
    assert head.startswith(b"CONNECT api.track.toggl.com:443 HTTP/1.1\r\n")
    assert base64.b64encode(b"ann:s3cret") in head
    assert inside[:1] == b"\x16"  # TLS begins: nothing of the request is readable
    seen = head + inside
    for secret in (TOKEN.encode(), base64.b64encode(f"{TOKEN}:api_token".encode()), b"/me"):
        assert secret not in seen
    assert "s3cret" not in f"{caught.value} {caplog.text}"


def test_one_that_wants_a_name_and_a_password_is_said_so_and_nothing_was_sent():
    no = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with proxy_that([], no) as server, pytest.raises(NotSentError, match="signin proxy"):
        ask(BASE, Proxy(f"http://127.0.0.1:{server.port}"))


def test_this_computer_is_reached_without_it():
    heard = []

    def script(line):
        line.recv(4096)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with proxy_that(heard) as between, Server(script) as server:
        ask(f"http://127.0.0.1:{server.port}", Proxy(f"http://127.0.0.1:{between.port}"))
    assert heard == []


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:s3cret@proxy.example:3128",
        "socks5://proxy.example:1080",
        "proxy.example:3128",
        "http://proxy.example",
        "http://proxy.example:x",
        "http://proxy.example:3128/path?s3cret",
    ],
)
def test_what_is_no_proxys_address_is_refused_and_not_repeated(url):
    refusal = refuse_proxy(url)
    assert refusal is not None
    assert "s3cret" not in refusal + named(url)
    with pytest.raises(NotSentError):
        Http(BASE, token(TOKEN), proxy=Proxy(url))


def test_a_proxy_shows_no_secret():
    assert "s3cret" not in repr(Proxy("http://proxy.example:3128", "ann", "s3cret"))
