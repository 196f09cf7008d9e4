"""The engine over the real client against the strict server: both sides become equal, once."""

import asyncio
import base64
import json

import pytest

from tests.remote.track import specification
from tests.support.builders import NOW, FakeClock, entries_of, entry, load, make_store, project
from tests.support.track import Fault, InProcess, TrackServer
from tests.support.track.faults import captive, plan_required, quota_spent
from toggl_desktop.domain.commands import AddEntry, DeleteEntries, EditEntries
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.secret import token
from toggl_desktop.store import accounts
from toggl_desktop.sync.api import ApiError, Where
from toggl_desktop.sync.cycle import Moment
from toggl_desktop.sync.engine import Engine, Want
from toggl_desktop.sync.reconcile import Outcome
from toggl_desktop.sync.wire import Hearing, Wire

TOKEN = "0123456789abcdef0123456789abcdef"
WS = 7001
ASKED = Want(is_asked=True)


class Clocks:
    """The test's time: nothing waits, it goes on."""

    def __init__(self, clock):
        self.clock = clock

    def now(self):
        return Moment(self.clock.boot, "boot-1")

    def wall(self):
        return self.clock.wall

    async def sleep(self, seconds):
        self.clock.advance(max(1, round(seconds)))


class Desk:
    """A store, an engine and a server in one time."""

    def __init__(self, folder):
        self.store = make_store(folder)
        self.clock = FakeClock()
        self.server = TrackServer(NOW)
        hearing = Hearing()
        transport = InProcess(self.server, lambda: self.clock.wall)
        self.http = Http("http://127.0.0.1:1/api/v9", token(TOKEN), hearing, transport=transport)
        self.wire = Wire(self.http, hearing)
        self.engine = Engine(self.store, self.wire, Clocks(self.clock), chance=lambda: 0.5)
        self.store.feed.subscribe(self.engine.changed)
        with self.store.transaction("Sign in", NOW) as tx:
            tx.keep_even_if_empty = True
            accounts.join(tx, WS)

    def turn(self, want=ASKED):
        self.clock.advance(31)
        return asyncio.run(self.engine.turn(want))

    def ask(self, call):
        return asyncio.run(call)

    def do(self, command):
        from toggl_desktop.actions.perform import perform

        outcome = perform(self.store, command, self.clock.now(), "Europe/Berlin")
        assert outcome.error is None, outcome.error
        return outcome.changes

    def there(self):
        return [row.now.fields for row in self.server.world.entry.live()]

    def web(self, method, path, body=None):
        """Somebody at the web page."""
        head = {
            "authorization": "Basic " + base64.b64encode(f"{TOKEN}:api_token".encode()).decode()
        }
        content = b"" if body is None else json.dumps(body).encode()
        self.server.burst = None
        return self.server.handle(method, f"/api/v9{path}", "", head, content, self.clock.wall)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    asyncio.run(desk.http.close())
    desk.store.close()


def test_what_was_made_here_is_there_and_a_further_turn_sends_nothing(desk):
    load(
        desk.store,
        project("p1", "Website"),
        entry("e1", NOW - 600, NOW - 60, project="p1", description="Wireframes"),
    )
    for _ in range(4):  # what might be there already is looked for before it is sent
        assert desk.turn().phase is Phase.RESTING
        desk.clock.advance(200)
    (one,) = desk.there()
    assert one["description"] == "Wireframes"
    assert desk.server.world.project[one["project_id"]]["name"] == "Website"
    before = len(desk.server.requests("P"))
    desk.turn()
    assert len(desk.server.requests("P")) == before


def test_what_was_made_there_is_here_and_edits_go_both_ways(desk):
    desk.turn()
    made = desk.web(
        "POST",
        f"/workspaces/{WS}/time_entries",
        {
            "created_with": "web",
            "workspace_id": WS,
            "start": "2026-09-21T13:00:00Z",
            "duration": 600,
            "description": "Call",
            "tags": ["deep"],
        },
    ).json()
    desk.turn()
    (here,) = entries_of(desk.store)
    assert (here.description, here.stop - here.start) == ("Call", 600)
    desk.do(EditEntries((here.lid,), description="Call with Ann"))
    desk.turn()
    (there,) = desk.there()
    assert there["description"] == "Call with Ann"
    sent = desk.server.requests("PUT")[-1].body
    assert sent.keys() <= {"description", "workspace_id"}
    desk.do(DeleteEntries((here.lid,)))
    desk.turn()
    assert desk.there() == []
    assert made["id"] in desk.server.world.entry


def test_a_lost_answer_makes_no_double(desk):
    desk.turn()
    desk.do(AddEntry(NOW - 600, NOW - 60, "Once"))
    desk.server.fail(Fault("after", "POST"))
    desk.turn()
    assert len(desk.there()) == 1
    desk.clock.advance(400)
    desk.turn()
    desk.turn()
    assert len(desk.there()) == 1
    assert len(entries_of(desk.store)) == 1


def test_the_quota_that_is_spent_parks_and_says_when(desk):
    desk.turn()
    desk.server.fail(quota_spent(600, path="/me/time_entries"))
    state = desk.turn()
    assert state.phase is Phase.QUOTA
    assert state.resets_at >= desk.clock.wall + 600


def test_a_refused_token_asks_for_a_person_and_keeps_the_edit(desk):
    desk.turn()
    desk.do(AddEntry(NOW - 600, NOW - 60, "Kept"))
    desk.server.world.users[5001].token = "f" * 32
    assert desk.turn().phase is Phase.SIGN_IN
    assert [one.description for one in entries_of(desk.store)] == ["Kept"]


def test_tokens_in_answers_go_no_further(desk):
    body = desk.ask(desk.wire.me(related=True)).body
    assert "api_token" not in body
    assert all("api_token" not in one for one in body["workspaces"])


@pytest.mark.parametrize(
    ("fault", "outcome", "status"),
    [
        (Fault("refused"), Outcome.NOT_SENT, None),
        (Fault("before"), Outcome.AMBIGUOUS, None),
        (captive(), Outcome.CAPTIVE, 200),
        (Fault("answer", status=503), Outcome.AMBIGUOUS, 503),
        (Fault("answer", status=401), Outcome.AUTH, 401),
        (Fault("answer", status=404, body=b'"gone"'), Outcome.GONE, 404),
        (Fault("answer", status=403, body=b'"no"'), Outcome.REFUSED, 403),
        (plan_required(), Outcome.REFUSED, 402),
        (quota_spent(77), Outcome.QUOTA, 402),
        (Fault("answer", status=410), Outcome.CLOSED, 410),
        (Fault("answer", status=418), Outcome.CLOSED, 418),
        (Fault("answer", status=429), Outcome.SLOW_DOWN, 429),
    ],
)
def test_every_branch_of_the_error_tree_is_one_outcome(desk, fault, outcome, status):
    desk.server.fail(Fault(**vars(fault)))
    with pytest.raises(ApiError) as caught:
        desk.ask(desk.wire.update("tag", Where(WS), 5, {"name": "x"}))
    assert (caught.value.outcome, caught.value.status) == (outcome, status)
    if outcome is Outcome.QUOTA:
        assert caught.value.meta.resets_in == 77


def test_deleting_what_is_gone_is_done(desk):
    with pytest.raises(ApiError) as caught:
        desk.ask(desk.wire.delete("tag", Where(WS), 5))
    assert caught.value.outcome is Outcome.DONE


def test_none_running_is_none_however_it_is_said(desk):
    assert desk.ask(desk.wire.current()).body is None
    desk.server.fail(Fault("answer", status=404))
    assert desk.ask(desk.wire.current()).body is None


@pytest.mark.parametrize("kind", ["client", "project", "tag", "task"])
def test_lists_are_asked_whole(desk, kind):
    assert desk.ask(desk.wire.things_since(kind, None)).body == []
    desk.ask(desk.wire.things_since(kind, NOW - 60))
    assert desk.server.seen[-1].query["since"] == str(NOW - 60)


def test_glances_at_a_paid_workspace_go_to_its_organizations_limit_and_find_what_is_new(desk):
    desk.server.world.change(desk.server.world.organization[6001], {"plan": "starter"}, NOW)
    with desk.store.transaction("Sign in", NOW) as tx:
        tx.step.meta["owner.track"] = json.dumps({"user": 5001, "email": "user@example.com"})
    desk.turn()
    body = {"user_id": 5001, "workspace_id": WS, "description": "elsewhere", "tag_ids": []}
    body |= {"project_id": None, "task_id": None, "billable": False}
    add = desk.server.world.add
    add("entry", body | {"start": NOW - 60, "stop": None}, desk.clock.wall)
    add("entry", body | {"start": NOW - 9000, "stop": NOW - 8000}, desk.clock.wall)
    desk.server.seen.clear()
    cycle, look = desk.engine.cycle(), desk.engine.lookout.look
    desk.clock.advance(60)
    assert desk.ask(look(cycle))
    desk.clock.advance(60)
    assert desk.ask(look(cycle))
    assert [(one.method, one.status, one.bucket) for one in desk.server.seen] == [
        ("GET", 200, 6001), ("POST", 200, 6001),
    ]  # fmt: skip
    for one in desk.server.seen if specification.IS_HERE else ():
        path = one.path.removeprefix("/api/v9")
        assert specification.complaints(one.method, path, one.query, one.body) == []
    desk.turn()
    assert len(entries_of(desk.store)) == 2
    desk.clock.advance(60)
    assert not desk.ask(look(cycle))
    desk.clock.advance(60)
    assert not desk.ask(look(cycle))


@pytest.mark.parametrize(
    "wrong",
    [
        {"duration": 2**62},
        {"duration": 2**63 - 1},
        {"start": "9999-12-31T23:59:59Z", "duration": 0},
        {"start": "0001-01-01T00:00:00+23:59", "stop": "0001-01-01T00:00:00Z"},
        {"stop": "9999-12-31T23:59:59Z"},
    ],
)
def test_a_time_beyond_all_years_costs_its_row_and_nothing_else(desk, wrong):
    desk.turn()
    row = {"id": 7, "workspace_id": WS, "start": "2026-09-21T13:00:00Z", "description": "odd"}
    good = row | {"id": 8, "description": "good", "stop": "2026-09-21T13:10:00Z"}
    body = json.dumps([row | wrong, good]).encode()
    desk.server.fail(Fault("answer", status=200, body=body, path="/me/time_entries$"))
    assert desk.turn().phase is Phase.RESTING
    assert [one.description for one in entries_of(desk.store)] == ["good"]


def test_a_server_that_answers_nonsense_is_not_out_of_reach(desk):
    desk.server.fail(Fault("answer", path="/me", status=200, body=b'[{"id":NaN}]', times=9))
    state = desk.turn()
    assert state.phase is Phase.TROUBLE
    assert "cannot be read" in state.text
    desk.server.faults.clear()
    desk.server.fail(Fault("answer", path="/me", status=503, times=9))
    desk.clock.advance(1000)
    state = desk.turn()
    assert state.phase is Phase.TROUBLE
    assert "503" in state.text
