"""Certificates and protocol versions: everything that does not hold is refused unheard."""

import asyncio
import datetime
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.remote.loopback import GOOD, Server
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.remote.errors import NotSentError, RemoteError
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.probe import probe
from toggl_desktop.remote.secret import token
from toggl_desktop.remote.tls import tls_context


class Authority:
    """A certificate authority made for one test run."""

    def __init__(self, name: str) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        self.name = name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._sign(name, self.key.public_key(), is_authority=True)

    def issue(self, folder: Path, name: str = "127.0.0.1", **options: object) -> Path:
        """Saves a key with a certificate for the name, and returns the file."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._sign(name, key.public_key(), **options)
        path = folder / "server.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        return path

    def save(self, path: Path) -> Path:
        """Saves the authority's own certificate."""
        from cryptography.hazmat.primitives import serialization

        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return path

    def _sign(self, name, public, *, is_authority=False, starts_in=-1, ends_in=30):
        import ipaddress

        from cryptography import x509
        from cryptography.hazmat.primitives import hashes
        from cryptography.x509.oid import NameOID

        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        try:
            other = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            other = x509.DNSName(name.replace(" ", "-"))
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(self.name))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + datetime.timedelta(days=starts_in))
            .not_valid_after(now + datetime.timedelta(days=ends_in))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([other]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        return builder.sign(self.key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority() -> Authority:
    pytest.importorskip("cryptography")
    return Authority("test authority")


@pytest.fixture
def is_trusted(authority, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.save(tmp_path / "ca.pem")))


def ask_over_tls(chain: Path, prepare: Callable[[ssl.SSLContext], None] = lambda _: None):
    """Returns what the probe found at a server with this certificate, and what it was told."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    prepare(context)
    with Server(lambda _line: None, context) as server:
        server.says(GOOD)
        found = probe(f"https://127.0.0.1:{server.port}/")
    return found, server.heard


def test_a_certificate_of_a_known_authority_for_the_right_name_is_accepted(
    authority, is_trusted, tmp_path
):
    found, _ = ask_over_tls(authority.issue(tmp_path))
    assert found.status == 200


def test_a_self_signed_certificate_is_refused_and_nothing_is_sent(tmp_path):
    pytest.importorskip("cryptography")
    lonely = Authority("127.0.0.1")
    found, heard = ask_over_tls(lonely.issue(tmp_path))
    assert not found.reachable
    assert "is not trusted" in found.sentence
    assert found.sentence.endswith("Nothing was sent.")
    assert heard == []


@pytest.mark.parametrize(
    "options",
    [
        {"starts_in": -30, "ends_in": -1},
        {"starts_in": 1},
        {"name": "other.example"},
        {"name": "127.0.0.2"},
    ],
    ids=["expired", "not yet valid", "another name", "another address"],
)
def test_a_certificate_that_does_not_hold_is_refused(authority, is_trusted, tmp_path, options):
    found, heard = ask_over_tls(authority.issue(tmp_path, **options))
    assert "is not trusted" in found.sentence
    assert heard == []


def test_a_certificate_of_another_authority_is_refused(is_trusted, tmp_path):
    found, heard = ask_over_tls(Authority("somebody else").issue(tmp_path))
    assert "is not trusted" in found.sentence
    assert heard == []


def test_old_tls_is_refused(authority, is_trusted, tmp_path):
    def only_old(context: ssl.SSLContext) -> None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.options |= ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_3

    with pytest.warns(DeprecationWarning, match="OP_NO_"):
        found, heard = ask_over_tls(authority.issue(tmp_path), only_old)
    assert "no secure connection could be made" in found.sentence
    assert heard == []


def test_a_machine_without_authorities_uses_the_bundled_list(monkeypatch, tmp_path):
    empty = tmp_path / "empty.pem"
    empty.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(empty))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert tls_context().cert_store_stats()["x509_ca"] > 50


def test_the_checks_cannot_be_weaker_than_they_are():
    context = tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def write_over_tls(chain: Path, extra: Path | None):
    """Lets the client write to a server with this certificate; returns what it heard and raised."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)

    async def write(port: int) -> None:
        base = f"https://127.0.0.1:{port}/api/v9"
        async with Http(base, token("0" * 32), authority=extra) as http:
            await http.ask("POST", "/workspaces/1/tags", body={"name": "x"})

    with Server(lambda _line: None, context) as server:
        server.says(GOOD)
        try:
            asyncio.run(write(server.port))
        except RemoteError as error:
            return server.heard, error
    return server.heard, None


def test_a_companys_own_authority_is_added_and_replaces_none(authority, tmp_path, monkeypatch):
    own = Authority("company authority")
    own_file = own.save(tmp_path / "company.pem")
    (tmp_path / "public").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.save(tmp_path / "ca.pem")))
    heard, error = write_over_tls(own.issue(tmp_path), own_file)
    assert error is None
    assert b"Authorization: Basic" in heard[0]
    heard, error = write_over_tls(authority.issue(tmp_path / "public"), own_file)
    assert error is None
    other = Authority("nobody's authority")
    heard, error = write_over_tls(other.issue(tmp_path), own_file)
    assert isinstance(error, NotSentError)
    assert heard == []


def test_without_it_nothing_is_sent_not_even_the_token(authority, tmp_path):
    heard, error = write_over_tls(authority.issue(tmp_path), None)
    assert isinstance(error, NotSentError)
    assert "is not trusted" in error.sentence
    assert heard == []


@pytest.mark.parametrize("content", [b"garbage", b"", None])
def test_an_authority_file_that_is_none_says_so(tmp_path, content):
    path = tmp_path / "company.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RefusedError, match=r"extra authority .*company\.pem cannot be used"):
        tls_context(path)
