"""The Reports API: entries of any age, page by page."""

from typing import Any

from tests.support.track.call import Call, route
from tests.support.track.reply import Answer, Refuse
from tests.support.track.stamps import fine, offset, parsed_day

DAY = 86_400


@route("GET", "/status")
def status(_call: Call) -> Any:
    return {"status": "OK"}


@route("GET", "/workspaces/{ws}/dashboard/all_activity")
def activity(call: Call) -> Any:
    """The twenty latest doings of everybody; what has no value is not in it."""
    rows = call.world.entry.live(workspace_id=call.ws)
    rows.sort(key=lambda row: (row["stop"] or row["start"], row.id), reverse=True)
    found = []
    for row in rows[:20]:
        own = row.now.fields
        stop = own["stop"]
        one = {
            "user_id": own["user_id"],
            "project_id": own["project_id"] or 0,
            "duration": -own["start"] if stop is None else stop - own["start"],
        }
        if own["description"]:
            one["description"] = own["description"]
        if stop is not None:
            one["stop"] = offset(stop)
        found.append(one)
    return found


@route("POST", "/workspace/{ws}/search/time_entries")
def search(call: Call) -> Any:
    ws = call.ws
    body = call.fields(
        start_date="str", end_date="str", page_size="int", order_by="str", order_dir="str",
        first_id="int", first_row_number="int", first_timestamp="int", enrich_response="bool",
        grouped="bool", rounding="int", rounding_minutes="int",
        project_ids="[int]", user_ids="[int]", tag_ids="[int]",
        client_ids="[int]", task_ids="[int]", time_entry_ids="[int]", description="str",
        billable="bool",
    )  # fmt: skip
    first, last = parsed_day(body.get("start_date")), parsed_day(body.get("end_date"))
    if first is None or last is None:
        raise Refuse(400, "At least one parameter must be set")
    if body.get("order_by", "date") not in {
        "date",
        "user",
        "duration",
        "description",
        "last_update",
    }:
        raise Refuse(400, "Invalid 'order_by' value")
    rows = [
        row
        for row in call.world.entry.live(workspace_id=ws)
        if first <= row["start"] < last + DAY
        and row["user_id"] in body.get("user_ids", [row["user_id"]])
    ]
    by_update = body.get("order_by") == "last_update"
    rows.sort(
        key=lambda row: (row.now.at if by_update else row["start"], row.id),
        reverse=body.get("order_dir") == "DESC",
    )
    size = min(body.get("page_size", 50), 1000)
    begin = body.get("first_row_number", 1) - 1
    page = rows[begin : begin + size]
    headers = {}
    if begin + size < len(rows):
        headers = {
            "X-Next-ID": str(rows[begin + size].id),
            "X-Next-Row-Number": str(begin + size + 1),
        }
    return Answer(200, [_row(call, row, begin + i) for i, row in enumerate(page, 1)], headers)


def _row(call: Call, row: Any, number: int) -> Any:
    own = row.now.fields
    stop = own["stop"]
    return {
        "user_id": own["user_id"], "username": call.world.users[own["user_id"]].fullname,
        "project_id": own["project_id"], "task_id": own["task_id"], "billable": own["billable"],
        "description": own["description"] or "", "tag_ids": own["tag_ids"], "currency": "USD",
        "billable_amount_in_cents": None, "hourly_rate_in_cents": None, "row_number": number,
        "time_entries": [
            {
                "id": row.id, "seconds": (stop or own["start"]) - own["start"],
                "start": offset(own["start"]), "stop": offset(stop or own["start"]),
                "at": fine(row.now.at), "at_tz": fine(row.now.at),
            }
        ],
    }  # fmt: skip
