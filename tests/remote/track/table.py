"""Writes docs/track-operations.md: python -m tests.remote.track.table."""

from pathlib import Path

from tests.remote.track.operations import OPERATIONS, SEED_TRIGGERS

TABLE = Path(__file__).parents[3] / "docs" / "track-operations.md"
_HEAD = """# Operations of Toggl Track

What two descriptions of Toggl Track's operations call it (S1: the Power Platform connector, S3:
the @Human connector), which method of `remote/track` does it, and the endpoint of v9 behind it.
Where a description's shape is stale the operation works through the true endpoint; the last column
says how. Each row is called by `tests/remote/track/test_operations.py` against the strict server in
`tests/support/track` and, where the official specification lies beside the checkout, compared with
it: path, query and body. `python -m tests.remote.track.table` makes this page, and a test holds it
to the list.

| operation | method | endpoint | note |
|---|---|---|---|
"""
_EVENTS = """
## Triggers

The descriptions' triggers are events here: the journal tells them, for changes made on this
computer and elsewhere.

| trigger | event |
|---|---|
"""


def table() -> str:
    """Returns the page."""
    rows = [
        f"| {' · '.join(o.seeds) or '–'} | `{o.method}` | `{o.endpoint}` | {_note(o)} |\n"
        for o in OPERATIONS
    ]
    events = [f"| {name} | `{kind}` |\n" for name, kind in SEED_TRIGGERS.items()]
    return _HEAD + "".join(rows) + _EVENTS + "".join(events)


def _note(operation) -> str:
    paid = "needs a paid plan" if operation.paid else ""
    return "; ".join(filter(None, (operation.note, paid)))


if __name__ == "__main__":
    TABLE.write_text(table())
