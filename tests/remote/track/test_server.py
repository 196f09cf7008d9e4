"""The server that the other tests stand on: as strict, and as forgetful, as the real one."""

import base64
import json
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support.track import Fault, Loopback, TrackServer
from tests.support.track.faults import quota_spent

NOW = 1_790_000_000.0
TOKEN = "0123456789abcdef0123456789abcdef"
BASIC = {"authorization": "Basic " + base64.b64encode(f"{TOKEN}:api_token".encode()).decode()}
CONTRACT = Path(__file__).parents[3].parent / "shared" / "contract"
ENTRIES = "/workspaces/7001/time_entries"


class Talk:
    """Short words for requests in a time of one's own."""

    def __init__(self, **options) -> None:
        self.server = TrackServer(NOW, **options)
        self.now = NOW

    def __call__(self, method, path, body=None, query="", headers=BASIC, origin=None):
        content = b"" if body is None else json.dumps(body).encode()
        self.now += 2
        path = path if path.startswith("/reports") else "/api/v9" + path
        return self.server.handle(method, path, query, headers, content, self.now, origin)

    def start(self, **fields):
        body = {"created_with": "x", "start": "2026-09-21T14:00:00Z", "workspace_id": 7001}
        return self("POST", ENTRIES, body | fields)


@pytest.fixture
def talk():
    return Talk()


def fixtures():
    if not (CONTRACT / "track-fixtures.json").exists():
        pytest.skip("the recorded samples are not beside this checkout")
    return json.loads((CONTRACT / "track-fixtures.json").read_text())


def test_answers_have_the_keys_that_were_recorded(talk):
    recorded = fixtures()
    made = talk.start(duration=-1)
    assert made.json().keys() == recorded["POST time entry, duration -1"]["body"].keys()
    assert made.json()["tags"] is None
    running = talk("GET", "/me/time_entries/current").json()
    assert running.keys() | {"pid"} == recorded["GET /me/time_entries/current (running)"][
        "body"
    ].keys() | {"pid"}
    stopped = talk("PATCH", f"{ENTRIES}/{running['id']}/stop").json()
    assert stopped.keys() == recorded["PATCH stop"]["body"].keys()
    assert talk("GET", "/me").json().keys() == recorded["GET /me"]["body"].keys()
    assert talk("GET", "/me/quota").json()[0].keys() == (
        recorded["GET /me/quota"]["body"][0].keys()
    )
    related = talk("GET", "/me", query="with_related_data=true").json()
    extra = recorded["GET /me?with_related_data=true extra keys"]["body_extra"]
    assert extra.keys() <= related.keys()
    assert related["time_entries"][0].keys() >= extra["time_entries"][0].keys()


def test_without_credentials_it_says_401_and_nothing_else(talk):
    reply = talk("GET", "/me", headers={})
    assert (reply.status, reply.body) == (401, b"")
    assert reply.headers["X-Authorization-Missing"] == "true"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"created_with": ""}, "created_with"),
        ({"workspace_id": "7001"}, 'Unexpected "workspace_id" type string'),
        ({"start": "2026-09-21T14:00Z"}, "cannot parse"),
        ({"stop": "2026-09-21T13:00:00Z"}, "Stop time must be after start time"),
        ({"stop": "2026-09-21T15:00:00Z", "duration": 5}, "start + duration"),
        ({"project_id": 9}, "User cannot access the selected project"),
        ({"tags": [str(n) for n in range(51)]}, "Tags are limited"),
        ({"pid_": 1}, "Unknown field"),
        ({"description": "x" * 3001}, "Maximum length"),
    ],
)
def test_it_refuses_what_the_real_one_refuses(talk, fields, words):
    reply = talk.start(**(({} if "stop" in fields else {"duration": 60}) | fields))
    assert reply.status == 400
    assert words in reply.json()
    assert talk.server.world.entry.live() == []


def test_workspace_id_belongs_into_the_body_too(talk):
    body = {"created_with": "x", "start": "2026-09-21T14:00:00Z", "duration": 1}
    assert talk("POST", ENTRIES, body).json() == "wid is required for time entry creation"


def test_a_second_running_entry_stops_the_first_at_the_time_of_receipt(talk):
    first = talk.start(duration=-1).json()["id"]
    talk.start(duration=-1, start="2026-09-21T14:05:00Z")
    assert talk.server.world.entry[first]["stop"] == int(talk.now)


def test_neither_duration_nor_stop_is_not_running(talk):
    made = talk.start().json()
    assert (made["stop"], made["duration"]) == (None, 0)
    assert talk("GET", "/me/time_entries/current").body == b"null"
    again = talk("GET", f"/me/time_entries/{made['id']}").json()
    assert again["stop"] == again["start"]


def test_since_brings_tombstones_and_nothing_else_does(talk):
    rid = talk.start(duration=60).json()["id"]
    assert talk("DELETE", f"{ENTRIES}/{rid}").status == 200
    (row,) = talk("GET", "/me/time_entries", query=f"since={int(NOW)}").json()
    assert row["server_deleted_at"] is not None
    assert talk("GET", "/me/time_entries").json() == []
    assert talk("DELETE", f"{ENTRIES}/{rid}").status == 404


def test_the_floor_is_three_calendar_months(talk):
    old = talk("GET", "/me/time_entries", query=f"since={int(NOW) - 95 * 86_400}")
    assert old.json() == "start_date must not be earlier than 2026-06-21"
    both = talk("GET", "/me/time_entries", query="since=1790000000&before=2026-09-01")
    assert both.json() == "'since' and 'before' can not be present simultaneously"


def test_never_more_than_a_thousand_rows(talk):
    fields = {"workspace_id": 7001, "user_id": 5001, "tag_ids": [], "project_id": None}
    fields |= {"task_id": None, "billable": False, "description": "", "stop": int(NOW)}
    for number in range(1005):
        talk.server.world.add("entry", fields | {"start": int(NOW) - number}, NOW)
    assert len(talk("GET", "/me/time_entries").json()) == 1000


def test_deleting_a_tag_does_not_move_the_entrys_at(talk):
    made = talk.start(duration=60, tags=["deep"]).json()
    (tag,) = made["tag_ids"]
    talk("DELETE", f"/workspaces/7001/tags/{tag}")
    row = talk("GET", f"/me/time_entries/{made['id']}").json()
    assert row["tags"] == []
    assert row["at"] == made["at"]


def test_the_free_hour_has_thirty_requests_and_slides():
    talk = Talk(burst=None)
    for _ in range(30):
        assert talk("GET", "/me/tags").status == 200
    spent = talk("GET", "/me/tags")
    assert spent.status == 402
    assert spent.headers["X-Toggl-Quota-Remaining"] == "0"
    assert b"hourly limit" in spent.body
    assert talk("GET", "/workspaces/7001/tags").status == 200  # the other bucket
    talk.now += int(spent.headers["X-Toggl-Quota-Resets-In"])
    assert talk("GET", "/me/tags").status == 200


def test_too_fast_is_429():
    talk = Talk()
    talk.now -= 2
    replies = []
    for _ in range(12):
        talk.now -= 2
        replies.append(talk("GET", "/me/tags").status)
    assert replies == [200] * 10 + [429] * 2


def test_a_plan_that_is_not_paid_is_402_of_the_other_kind(talk):
    reply = talk("GET", "/workspaces/7001/rates/workspace/7001")
    assert reply.status == 402
    assert "Starter" in reply.json()
    assert reply.headers["X-Toggl-Quota-Remaining"] == "29"


def test_faults_lose_what_they_say_they_lose(talk):
    server = talk.server
    server.fail(Fault("before", "POST"), Fault("after", "POST"), Fault("late", "POST", seconds=80))
    assert talk.start(duration=60).lost == "before"
    assert server.world.entry.live() == []
    assert talk.start(duration=60).lost == "after"
    assert len(server.world.entry.live()) == 1
    assert talk.start(duration=60).lost == "late"
    assert len(server.world.entry.live()) == 1
    talk.now += 80
    talk("GET", "/me/time_entries")
    assert len(server.world.entry.live()) == 2
    server.fail(Fault("twice", "POST"), quota_spent(path="tags"))
    talk.start(duration=60)
    assert len(server.world.entry.live()) == 4
    assert talk("GET", "/me/tags").status == 402


def test_a_replica_that_lags_shows_the_past(talk):
    rid = talk.start(duration=60).json()["id"]
    talk.server.lag = 8
    assert talk("GET", "/me/time_entries").json() == []
    talk.now += 8
    assert len(talk("GET", "/me/time_entries").json()) == 1
    talk("DELETE", f"{ENTRIES}/{rid}")
    assert len(talk("GET", "/me/time_entries").json()) == 1


def test_where_a_row_came_from_is_kept_and_never_told(talk):
    body = {"created_with": "x", "start": "2026-09-21T14:00:00Z", "workspace_id": 7001}
    made = talk("POST", ENTRIES, body | {"duration": 60}, origin="local-1")
    assert talk.server.world.entry[made.json()["id"]].origin == "local-1"
    assert b"local-1" not in made.body


def test_over_a_real_socket_it_is_the_same_server_also_after_a_restart():
    with Loopback(TrackServer(time.time())) as loopback:
        request = urllib.request.Request(f"{loopback.url}/me", headers={**BASIC})
        assert json.load(urllib.request.urlopen(request))["id"] == 5001
        loopback.restart()
        assert json.load(urllib.request.urlopen(request))["id"] == 5001
        loopback.track.fail(Fault("cut", size=10))
        with pytest.raises(Exception, match=r"IncompleteRead|incomplete"):
            urllib.request.urlopen(request).read()
        loopback.track.fail(Fault("before"))
        with pytest.raises(OSError, match="closed connection"):
            urllib.request.urlopen(request)
