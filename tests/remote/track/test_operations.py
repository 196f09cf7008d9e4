"""Every operation of Track against the strict server and, where it is here, the specification."""

import re
from pathlib import Path

import pytest

from tests.remote.track import specification
from tests.remote.track.operations import OPERATIONS, SEED_TRIGGERS, Operation
from tests.remote.track.table import TABLE, table
from tests.support.track import Seen
from toggl_desktop.remote.track.client import Track

SEEDS = Path(__file__).parents[3].parent / "shared" / "seeds"
NAMES = [f"{o.method} ({', '.join(o.seeds)})" if o.seeds else o.method for o in OPERATIONS]


_ASKED: dict[str, list[Seen]] = {}


def asked(wire, operation: Operation) -> list[Seen]:
    """Returns what a call of the operation asked; each is made once for both tests."""
    key = f"{operation.method} {operation.seeds}"
    if key not in _ASKED:
        wire.fresh(plan="premium" if operation.paid else "free")
        wire.run(lambda track: operation.call(track, wire.things))
        _ASKED[key] = wire.track.seen
    return _ASKED[key]


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_each_operation_is_answered_at_its_endpoint(wire, operation):
    seen = asked(wire, operation)
    assert seen
    assert all(200 <= one.status < 300 for one in seen)
    verb, template = operation.endpoint.split(" ", 1)
    pattern = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template))
    for one in seen:
        assert one.method == verb
        assert re.fullmatch(pattern, one.path.removeprefix("/api/v9"))


@pytest.mark.skipif(not specification.IS_HERE, reason="the specification is not beside us")
@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_each_operation_fits_the_specification(wire, operation):
    for one in asked(wire, operation):
        path = one.path.removeprefix("/api/v9")
        assert specification.complaints(one.method, path, one.query, one.body) == []
        assert specification.endpoint_of(one.method, one.path) == operation.endpoint


def test_every_method_of_the_client_is_an_operation():
    listed = {operation.method for operation in OPERATIONS}
    nouns = {name: kind for name, kind in vars(_bare()).items() if name != "http"}
    methods = {
        f"{noun}.{name}"
        for noun, thing in nouns.items()
        for name in vars(type(thing))
        if not name.startswith("_")
    }
    pieces = {"reports.page"}  # one page of reports.entries, for a reader that stops between pages
    assert (methods - pieces) | {"is_up"} == listed


def _bare() -> Track:
    return Track(None)


@pytest.mark.skipif(not SEEDS.exists(), reason="the seed documents are not beside the checkout")
def test_every_operation_of_the_seed_documents_has_its_row():
    covered = {name for operation in OPERATIONS for name in operation.seeds} | set(SEED_TRIGGERS)
    first, third = _seed("001_"), _seed("003_")
    wanted = {f"S1 {name}" for name in re.findall(r"^### (.+)$", first, re.MULTILINE)}
    wanted |= {f"S3 {name}" for name in re.findall(r"^\[(Action: .+?)\]", third, re.MULTILINE)}
    wanted |= {
        f"S3 {name}"
        for name in re.findall(r"^\*\*(\w.* (?:Created|Updated|Deleted))\*\*$", third, re.MULTILINE)
    }
    handle = ""
    for line in third.splitlines():
        if found := re.match(r'    "handle": "(\w+)"', line):
            handle = found[1]
        elif found := re.match(r'      "(list|read|create|update|delete)": \{', line):
            wanted.add(f"S3 {handle} {found[1]}")
    assert len(wanted) > 80
    assert wanted <= covered


def _seed(prefix: str) -> str:
    (path,) = SEEDS.glob(f"{prefix}*.txt")
    return path.read_text().replace("\\_", "_")


def test_the_table_in_the_docs_is_this_list():
    assert TABLE.read_text() == table()
