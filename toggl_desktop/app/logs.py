"""The log: what happened, never what was written down, and no secret whoever logs it (S-6, S-7)."""

import logging
import os
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

_SECRETS = (
    (re.compile(r"(?i)(authorization|cookie|set-cookie|x-api-token)\s*[:=]\s*\S.*"), r"\1: …"),
    (re.compile(r"(?i)\b(basic|bearer)\s+[a-z0-9+/_.=-]{8,}"), r"\1 …"),
    (re.compile(r"//[^/@\s:]+:[^/@\s]+@"), "//…@"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "…"),
    (
        re.compile(
            r"(?i)(token|secret|password|code|verifier|refresh)([\"']?\s*[:=]\s*[\"']?)[^\s&\"',;]+"
        ),
        r"\1\2…",
    ),
)
_CHATTY = ("httpx", "httpcore", "hpack", "keyring", "asyncio", "qasync", "jeepney")


def redacted(text: str) -> str:
    """Returns the text without anything that looks like a secret."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class _Redacting(logging.Formatter):
    """Takes secrets out of the finished line, so that no logger can go round it."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def set_up(folder: Path, level: int = logging.INFO) -> None:
    """Sends the log to `folder/toggl-desktop.log`, readable by its owner only, 5 × 1 MB."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "toggl-desktop.log"
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600))
    handler = RotatingFileHandler(path, maxBytes=1 << 20, backupCount=4, encoding="utf-8")
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
