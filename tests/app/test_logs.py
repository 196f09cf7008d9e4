"""No secret and no text of a person reaches the log, whoever writes to it."""

import logging
import stat

import pytest

from toggl_desktop.app import logs

TOKEN = "1971800d4d82861d8f2c1651fea4d212"
SECRETS = (
    f"Authorization: Basic {'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='}",
    f"GET https://{TOKEN}:api_token@api.example/me",
    f"token={TOKEN}",
    '{"refresh": "abcDEF123456"}',
    "cookie: __Secure-accounts-session=MTYxMzc0",
    "proxy http://ann:hunter22@proxy.local:3128",
    "bearer abcdefghijklmnop",
    "password: hunter22",
)
HIDDEN = (TOKEN, "QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "abcDEF123456", "MTYxMzc0", "hunter22", "abcdefgh")


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_in_a_line_is_taken_out(text):
    shown = logs.redacted(text)
    assert not [h for h in HIDDEN if h in shown]
    assert shown != text


def test_ordinary_words_stay_readable():
    text = "pushed time_entry 3900000123 status 200 in 41 ms"
    assert logs.redacted(text) == text


def test_the_log_is_redacted_whichever_logger_writes_and_readable_by_nobody_else(tmp_path):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        logs.set_up(tmp_path / "logs", logging.DEBUG)
        logging.getLogger("some.child").warning("token=%s", TOKEN)
        try:
            raise ValueError(f"http://ann:{TOKEN}@host")
        except ValueError:
            logging.getLogger("other").exception("failed")
        for handler in root.handlers:
            handler.flush()
        path = tmp_path / "logs" / "toggl-desktop.log"
        written = path.read_text()
        assert "some.child" in written
        assert "failed" in written
        assert TOKEN not in written
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert logging.getLogger("httpx").level == logging.WARNING
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
