"""How things stand with a server, for whoever shows it. The words for it are the views'."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What a sync is at."""

    OFF = "off"
    RESTING = "resting"
    WORKING = "working"
    ELSEWHERE = "elsewhere"
    OFFLINE = "offline"
    CAPTIVE = "captive"
    QUOTA = "quota"
    PAUSED = "paused"
    SIGN_IN = "sign in"
    ASKING = "asking"
    TROUBLE = "trouble"
    OUTDATED = "outdated"


class Live(StrEnum):
    """How it stands with being told of changes at once."""

    OFF = "off"
    TRYING = "trying"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Question:
    """More deletions at once than a person would expect: they wait for a word (R23).

    Attributes:
        kind: Of what.
        count: How many.
        living: Of how many.
        outward: Whether they are ours and would be sent, not theirs.
    """

    kind: str
    count: int
    living: int
    outward: bool = False


@dataclass(frozen=True, slots=True)
class SyncState:
    """How things stand with one service.

    Attributes:
        fresh: When the entries were read last, epoch seconds; None before the first time.
        remaining: How many requests this hour has left; None before anything was sent.
        total: Of how many.
        resets_at: When the limit resets, epoch seconds; None while that is not known.
        retry_at: When the next try follows a failure, epoch seconds.
        skew_seconds: By how much this computer's clock is ahead of the server's.
        text: The server's own words for the last trouble.
        progress: How many older entries have come so far; None when none are being brought.
        question: What a person is asked.
        back_to: How far back older entries have come, epoch seconds; None before the first page.
        older_at: When the next of them follow, epoch seconds; None while they are being read.
        reading: How many entries a long read has brought so far; None while none is under way.
        live: Whether changes elsewhere are told of at once.
    """

    phase: Phase = Phase.OFF
    fresh: int | None = None
    remaining: int | None = None
    total: int | None = None
    resets_at: int | None = None
    retry_at: int | None = None
    skew_seconds: int = 0
    text: str = ""
    progress: int | None = None
    question: Question | None = None
    back_to: int | None = None
    older_at: int | None = None
    reading: int | None = None
    live: Live = Live.OFF
