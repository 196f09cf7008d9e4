"""Which servers are believed to be who they say they are."""

import ssl
from pathlib import Path

from toggl_desktop.domain.errors import RefusedError


def tls_context(extra: Path | None = None) -> ssl.SSLContext:
    """Returns the checks that every connection passes: known authority, right name, TLS 1.2 up.

    The system's authorities decide; the bundled list stands in where the system has none.

    Args:
        extra: A file with a company's own authority; it is added and replaces none. Raises
            RefusedError when it cannot be used.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not context.cert_store_stats()["x509_ca"] and not _has_certificate_folder():
        import certifi

        context.load_verify_locations(certifi.where())
    if extra is not None:
        _add(context, extra)
    return context


def _add(context: ssl.SSLContext, extra: Path) -> None:
    before = len(context.get_ca_certs())
    try:
        context.load_verify_locations(extra)
    except OSError as error:  # ssl.SSLError is one
        reason = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise RefusedError(
            f"The extra authority {extra} cannot be used: {reason}. Nothing was sent."
        ) from None
    if len(context.get_ca_certs()) == before and not context.get_ca_certs():
        raise RefusedError(
            f"The extra authority {extra} cannot be used: it is not an authority's certificate. "
            "Nothing was sent."
        )


def _has_certificate_folder() -> bool:
    # A folder is read only when a certificate is looked for, so the context does not count it.
    folder = Path(ssl.get_default_verify_paths().capath or "")
    return folder.is_absolute() and any(folder.glob("*.0"))
