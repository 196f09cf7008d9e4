"""Each fault with each verb ends in the branch of the error tree that sync decides by."""

import asyncio
import time

import pytest

from tests.remote.track.operations import WS
from tests.support.track import Fault
from tests.support.track.faults import captive, plan_required, quota_spent
from toggl_desktop.remote import errors

READ = ("GET", lambda t, x: t.entries.recent())
READ_ONE = ("GET", lambda t, x: t.entries.get(x.entry))
CREATE = ("POST", lambda t, x: t.entries.create(WS, {"start": "2026-09-21T12:00:00Z"}))
UPDATE = ("PUT", lambda t, x: t.entries.update(WS, x.entry, {"description": "new"}))
BULK = (
    "PATCH",
    lambda t, x: t.entries.bulk(
        WS, [x.entry], [{"op": "replace", "path": "/description", "value": "new"}]
    ),
)
STOP = ("PATCH", lambda t, x: t.entries.stop(WS, x.running))
DELETE = ("DELETE", lambda t, x: t.entries.delete(WS, x.entry))
VERBS = {"read": READ, "create": CREATE, "update": UPDATE, "bulk": BULK, "delete": DELETE}


def said(status, words, kind="application/json; charset=utf-8"):
    return Fault("answer", status=status, body=words, content_type=kind)


FAULTS = {
    "died before": (Fault("before"), errors.AmbiguousError),
    "died after": (Fault("after"), errors.AmbiguousError),
    "acted on late": (Fault("late", seconds=60), errors.AmbiguousError),
    "500": (said(500, b""), errors.ServerTroubleError),
    "502 page": (said(502, b"<html>bad gateway</html>", "text/html"), errors.ServerTroubleError),
    "503 after acting": (
        Fault("answer_after", status=503, body=b'"busy"'),
        errors.ServerTroubleError,
    ),
    "408": (said(408, b""), errors.ServerTroubleError),
    "302": (Fault("answer", status=302, headers={"Location": "/login"}), errors.CaptiveError),
    "400": (said(400, b'"Stop time must be after start time"'), errors.TurnedDownError),
    "401": (said(401, b""), errors.AuthRefusedError),
    "402 quota": (quota_spent(), errors.QuotaSpentError),
    "402 plan": (plan_required(), errors.PlanRequiredError),
    "403": (said(403, b'"no"'), errors.ForbiddenError),
    "404": (said(404, b'"Time entry not found"'), errors.GoneError),
    "405": (said(405, b""), errors.EndpointGoneError),
    "409": (said(409, b'"Time entry already stopped"'), errors.ConflictError),
    "410": (said(410, b""), errors.EndpointGoneError),
    "418": (said(418, b""), errors.ClientRefusedError),
    "422": (said(422, b'{"error_message":"no"}'), errors.TurnedDownError),
    "429": (said(429, b"Too many requests", "text/plain"), errors.TooManyError),
}
UNREADABLE = {
    "cut with a length": Fault("cut", size=20),
    "cut without a length": Fault("cut", size=20, claims_length=False),
    "HTML 200": captive(),
    "wrong type": Fault("answer", status=200, body=b"hello", content_type="text/plain"),
    "object": Fault("answer_after", status=200, body=b"{}"),
    "wrong charset": Fault("answer", status=200, body=b'{"id": 1, "description": "\xff"}'),
    "deep": Fault("answer", status=200, body=b"[" * 100_000),
    "long number": Fault("answer", status=200, body=b'{"id": ' + b"9" * 5000 + b"}"),
    "NaN": Fault("answer", status=200, body=b'{"id": NaN}'),
    "empty": Fault("answer_after", status=200, body=b""),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_each_verb_is_one_branch_with_one_sentence(wire, fault, verb):
    what, expected = FAULTS[fault]
    method, call = VERBS[verb]
    wire.track.fail(Fault(**{**vars(what), "times": 1}))
    with pytest.raises(expected) as caught:
        wire.run(lambda track: call(track, wire.things))
    assert type(caught.value) is expected
    assert caught.value.sentence.endswith(".")
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    (one,) = wire.track.seen
    assert one.method == method


@pytest.mark.parametrize("verb", ["read", "create", "update", "bulk"])
@pytest.mark.parametrize("fault", UNREADABLE)
def test_an_answer_that_cannot_be_read_is_ambiguous_whatever_its_status(wire, fault, verb):
    wire.track.fail(Fault(**vars(UNREADABLE[fault])))
    if verb == "bulk" and fault in {"object", "wrong charset", "long number"}:
        # Only keys that are not looked at are wrong: nothing is known, which is what it says.
        assert wire.run(lambda track: VERBS[verb][1](track, wire.things)).success is None
        return
    with pytest.raises(errors.AmbiguousError):
        wire.run(lambda track: VERBS[verb][1](track, wire.things))


def test_null_instead_of_a_list_is_unknown_and_not_none(wire):
    wire.track.fail(Fault("answer", status=200, body=b"null"))
    rows = wire.run(lambda track: track.entries.recent())
    assert (rows.is_missing, len(rows)) == (True, 0)
    wire.track.fail(Fault("answer", status=200, body=b"[]"))
    assert not wire.run(lambda track: track.entries.recent()).is_missing


def test_null_instead_of_an_entry_is_ambiguous(wire):
    wire.track.fail(Fault("answer_after", status=200, body=b"null"))
    with pytest.raises(errors.UnreadableError):
        wire.run(lambda track: CREATE[1](track, wire.things))


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_listening_is_not_sent(wire, verb):
    wire.loopback.stop()
    try:
        with pytest.raises(errors.NotSentError) as caught:
            wire.run(lambda track: VERBS[verb][1](track, wire.things))
    finally:
        wire.loopback.start()
    assert "connection refused" in caught.value.sentence
    assert "saved here" in caught.value.sentence


@pytest.mark.parametrize("fault", [Fault("delay", seconds=5), Fault("drip", seconds=0.05)])
def test_thirty_seconds_are_for_the_whole_request_also_when_it_drips(wire, fault):
    wire.track.fail(fault)
    with pytest.raises(errors.AmbiguousError, match=r"gave no answer in 0\.3 s"):
        wire.run(lambda track: track.me.get(), seconds=0.3)


def test_delivered_twice_is_seen_as_one_answer(wire):
    wire.track.fail(Fault("twice", "POST"))
    made = wire.run(lambda track: CREATE[1](track, wire.things))
    assert made.id


def test_403_on_me_and_a_wrong_token_are_a_matter_of_signing_in(wire):
    from toggl_desktop.remote.secret import token

    with pytest.raises(errors.AuthRefusedError, match="Sign in again"):
        wire.run(lambda track: track.me.get(), basic=token("0" * 32))
    with pytest.raises(errors.AuthRefusedError):
        wire.run(lambda track: track.me.get(), basic=None)


def test_the_quota_names_its_bucket_and_its_reset(wire):
    for path, scope in [("/me/tags", "me"), ("/workspaces/7001/tags", f"workspace/{WS}")]:
        wire.track.fail(quota_spent(133, path=path))
        with pytest.raises(errors.QuotaSpentError) as caught:
            wire.run(lambda track, s=scope: track.me.tags() if s == "me" else track.tags.list(WS))
        assert (caught.value.scope, caught.value.resets_in) == (scope, 133)
        assert "3 min" in caught.value.sentence


def test_429_asks_for_a_minute_or_for_what_the_header_says(wire):
    fault = said(429, b"")
    fault.headers = {"Retry-After": "240"}
    wire.track.fail(said(429, b""), fault)
    waits = []
    for _ in range(2):
        with pytest.raises(errors.TooManyError) as caught:
            wire.run(lambda track: track.me.get())
        waits.append(caught.value.retry_after)
    assert waits == [60, 240]


def test_none_running_in_every_way_it_is_said(wire):
    wire.run(lambda track: STOP[1](track, wire.things))
    assert wire.run(lambda track: track.entries.current()) is None
    for status in (404, 405):
        wire.track.fail(said(status, b""))
        assert wire.run(lambda track: track.entries.current()) is None


def test_stopping_twice_is_a_conflict(wire):
    wire.run(lambda track: STOP[1](track, wire.things))
    with pytest.raises(errors.ConflictError, match="already stopped"):
        wire.run(lambda track: STOP[1](track, wire.things))


def test_a_cancelled_request_is_cancelled_and_the_client_lives_on(wire):
    async def inside(track):
        request = asyncio.ensure_future(track.me.get())
        await asyncio.sleep(0.05)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        return await track.me.get()

    wire.track.fail(Fault("delay", seconds=0.3))
    assert wire.run(inside).id == 5001


def test_one_bad_row_costs_only_itself(wire):
    body = b'[{"id": 1, "new_key": {"a": []}}, {"id": "2"}, {"id": 3, "start": null}, 7]'
    wire.track.fail(Fault("answer", status=200, body=body))
    rows = wire.run(lambda track: track.entries.recent())
    assert [row.id for row in rows] == [1, 3]
    assert rows.bad == (b'{"id": "2"}', b"7")
    assert rows.came == 4


def test_ids_of_64_bits_arrive_whole(wire):
    wire.track.fail(Fault("answer", status=200, body=b'{"id": 9223372036854775807}'))
    assert wire.run(lambda track: track.entries.get(1)).id == 9223372036854775807


def test_a_skewed_date_arrives_as_the_servers_time(wire):
    from toggl_desktop.remote.http import Http
    from toggl_desktop.remote.secret import token

    wire.track.skew = 3600

    async def ask():
        async with Http(wire.loopback.url, token("0123456789abcdef0123456789abcdef")) as http:
            return await http.ask("GET", "/me")

    told = asyncio.run(ask()).server_time
    assert abs(told - time.time() - 3600) < 60
