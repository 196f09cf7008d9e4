"""The probe against real servers on this computer, good and bad."""

import datetime
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.remote.loopback import GOOD, Server
from toggl_desktop import __version__
from toggl_desktop.remote.address import refuse_address
from toggl_desktop.remote.probe import probe
from toggl_desktop.remote.proxy import Proxy


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(lambda _line: None) as server:
        server.says(GOOD)
        yield server


def test_a_server_that_answers_is_reachable_and_tells_its_time(server):
    found = probe(f"http://127.0.0.1:{server.port}/api/v9/status")
    assert found.reachable
    assert found.status == 200
    moment = datetime.datetime(2026, 11, 23, 14, 2, tzinfo=datetime.UTC)
    assert found.server_time == moment.timestamp()
    assert found.sentence == f"127.0.0.1:{server.port} answers (200)."


def test_the_request_names_the_program_and_carries_no_credentials(server):
    probe(f"http://127.0.0.1:{server.port}/")
    (request,) = server.heard
    assert f"User-Agent: toggl-desktop/{__version__} (+".encode() in request
    assert b"authorization" not in request.lower()
    assert b"cookie" not in request.lower()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "answers (404)"),
        ("429 Too Many Requests", "limit is spent (429)"),
        ("503 Unavailable", "a problem of its own (503)"),
    ],
)
def test_a_server_that_says_no_is_there_all_the_same(server, status, words):
    server.says(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    found = probe(f"http://127.0.0.1:{server.port}/")
    assert found.reachable
    assert words in found.sentence


def test_a_redirect_is_named_and_not_followed(server):
    target = f"http://127.0.0.1:{server.port}/elsewhere"
    server.says(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())
    found = probe(f"http://127.0.0.1:{server.port}/")
    assert found.status == 302
    assert "redirect" in found.sentence
    assert len(server.heard) == 1


@pytest.mark.parametrize(
    "date", ["yesterday", "Mon, 23 Nov 2026 14:02:00", "Mon, 99 Nov 2026 14:02:00 GMT", ""]
)
def test_a_senseless_date_is_no_time(server, date):
    server.says(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n".encode())
    found = probe(f"http://127.0.0.1:{server.port}/")
    assert found.reachable
    assert found.server_time is None


def test_a_proxy_in_the_environment_is_not_asked_for_this_computer(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert probe(f"http://127.0.0.1:{server.port}/").reachable


def test_a_proxy_that_refuses_is_told_from_the_server(server, monkeypatch):
    server.says(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:s3cret@127.0.0.1:{server.port}")
    found = probe("https://track.example/")
    assert found.sentence.startswith(
        "The proxy on the way to track.example wants another name and password"
    )
    assert "s3cret" not in found.sentence
    assert server.heard[0].startswith(b"CONNECT track.example:443 ")


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9"])
def test_a_proxy_of_an_unknown_kind_gives_a_sentence(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    found = probe("https://track.example/")
    assert found.sentence == (
        "The proxy set in the environment is of a kind that is not supported."
    )


def test_nobody_listening_gives_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = probe(f"http://127.0.0.1:{port}/")
    assert not found.reachable
    assert found.sentence == f"127.0.0.1:{port} cannot be reached: connection refused."


def test_a_name_that_does_not_exist_gives_a_sentence(monkeypatch):
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = probe("https://track.example/")
    assert found.sentence == "track.example cannot be reached: its name cannot be found."


def test_a_name_look_up_that_hangs_is_left_behind(monkeypatch):
    release = threading.Event()

    def hang(*_arguments: object, **_options: object) -> None:
        release.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "too late")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    found = probe("https://track.example/", 0.1)
    release.set()
    for thread in threading.enumerate():  # it must not look the name up after this test
        if thread.name == "toggl-probe":
            thread.join(10)
    assert found.sentence == "track.example gave no answer in 0.1 s."


def test_a_server_that_accepts_and_says_nothing_is_left(server):
    def mute(line: socket.socket) -> None:
        server.released.wait(5)
        line.close()

    server._script = mute
    found = probe(f"http://127.0.0.1:{server.port}/", 0.2)
    server.released.set()
    assert not found.reachable
    assert "gave no answer in 0.2 s" in found.sentence


def test_a_server_that_drips_one_byte_at_a_time_is_left_at_the_same_moment(server):
    dripped = threading.Event()

    def drip(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not server.released.wait(0.01):
            line.sendall(b".")
            dripped.set()

    server._script = drip
    found = probe(f"http://127.0.0.1:{server.port}/", 0.3)
    server.released.set()
    assert dripped.is_set()
    assert "gave no answer in 0.3 s" in found.sentence
    for thread in threading.enumerate():
        if thread.name == "toggl-probe":
            thread.join(10)


def test_an_endless_body_is_not_read(server):
    def flood(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
        while not server.released.is_set():
            line.sendall(b"x" * 65536)

    server._script = flood
    found = probe(f"http://127.0.0.1:{server.port}/")
    server.released.set()
    assert found.status == 200


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 2x0\r\n\r\n", b""])
def test_something_that_is_not_http_gives_a_sentence(server, answer):
    server.says(answer)
    found = probe(f"http://127.0.0.1:{server.port}/")
    assert not found.reachable
    assert "not HTTP" in found.sentence


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://api.track.toggl.com/api/v9", "must be reached by https://"),
        ("http://127.0.0.1.evil.example/", "must be reached by https://"),
        ("http://10.0.0.1/", "must be reached by https://"),
        ("ftp://127.0.0.1/", "must begin with https://"),
        ("file:///etc/passwd", "must begin with https://"),
        ("https://", "must begin with https://"),
        ("", "must begin with https://"),
        ("https://user:s3cret@track.example/", "must not contain a user name or password"),
        ("https://[::1", "not a web address"),
        ("https://track.example:port/", "not a web address"),
    ],
)
def test_an_address_that_is_not_safe_is_refused_before_anything_is_sent(url, words):
    found = probe(url)
    assert not found.reachable
    assert words in found.sentence
    assert "s3cret" not in found.sentence


@pytest.mark.parametrize(
    "url",
    [
        "https://api.track.toggl.com/api/v9",
        "http://127.0.0.1:8080/",
        "http://127.9.9.9/",
        "http://localhost/",
        "http://[::1]:8080/",
    ],
)
def test_https_and_this_computer_are_allowed(url):
    assert refuse_address(url) is None


def test_the_sentence_never_repeats_the_query(server):
    found = probe(f"http://127.0.0.1:{server.port}/?token=s3cret")
    assert "s3cret" not in repr(found)


def test_httpx_is_not_imported_before_it_is_needed():
    code = "import sys; from toggl_desktop.remote import http, probe; print('httpx' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code]).strip() == b"False"


def test_it_goes_the_way_that_was_chosen():
    heard = []

    def script(line):
        heard.append(line.recv(4096))
        line.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

    with Server(script) as between:
        proxy = Proxy(f"http://127.0.0.1:{between.port}", "ann", "s3cret")
        found = probe("https://api.track.toggl.com/api/v9", proxy=proxy)
    assert heard[0].startswith(b"CONNECT api.track.toggl.com:443")
    assert not found.reachable
    assert "signin proxy" in found.sentence
    assert "s3cret" not in found.sentence


def test_an_authority_that_cannot_be_read_is_a_sentence(tmp_path):
    found = probe("https://127.0.0.1:1/", authority=tmp_path / "none.pem")
    assert not found.reachable
    assert "none.pem cannot be used" in found.sentence
