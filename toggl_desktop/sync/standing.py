"""How things stand with the server, put together for whoever shows it."""

from toggl_desktop.domain.syncstate import Phase, Question, SyncState
from toggl_desktop.store import progress
from toggl_desktop.store.source import Source
from toggl_desktop.sync import older
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.ledger import ME
from toggl_desktop.sync.line import Line, Time


def standing(
    source: Source,
    line: Line,
    time: Time,
    bringer: older.Bringer,
    told: tuple[Phase, str, float | None, Question | None, int | None],
) -> SyncState:
    """Returns how things stand.

    What is `told`: the phase, its text, when a limit resets, a question, how far a read has come.
    """
    phase, text, resets, question, so_far = told
    wall, now = time.wall(), time.now()
    bucket = line.bucket(ME)
    if resets is None and bucket.resets is not None:
        resets = bucket.resets - now.boot
    is_bringing = older.is_wanted(source)
    rests = is_bringing and phase is not Phase.WORKING
    has_asked = bucket.sends or bucket.remaining is not None
    retry = line.retry_at
    return SyncState(
        phase,
        progress.cursor(source, TRACK, "time_entry").fetched_at,
        line.left(ME) if has_asked else None,
        bucket.total if has_asked else None,
        None if resets is None else wall + round(resets),
        None if retry is None else wall + max(0, round(retry - now.boot)),
        round(line.skew),
        text,
        older.count(source) if is_bringing else None,
        question,
        older.back_to(source) if is_bringing else None,
        wall + round(bringer.wait()) if rests else None,
        so_far if phase is Phase.WORKING else None,
    )
