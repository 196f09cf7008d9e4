"""What a workspace says of itself in the simulated Toggl Track: the newest changes and doings."""

from toggl_desktop.sync.mapping import moment

REPORTED = ("description", "project_id", "task_id", "tag_ids", "billable")
PARTS = ("id", "start", "stop", "at")


def edited(server):
    """A report: the living entries, those that changed last first; what runs is not in it."""
    rows = [row for row in server.since("time_entry", None) if row["stop"]]
    rows.sort(key=lambda row: row["at"], reverse=True)
    return [_reported(row) for row in rows[:50]]


def older(server, page):
    """A report of some days, both included, a page of fifty; and what asks for the next."""
    low, high = (moment(f"{day}T00:00:00Z") for day in (page.first, page.last))
    rows = [row for row in server.since("time_entry", None) if row["stop"]]
    rows = [row for row in rows if low <= moment(row["start"]) < high + 86_400]
    rows.sort(key=lambda row: (row["start"], row["id"]), reverse=True)
    begin = page.after.get("first_row_number", 1) - 1
    after = {"first_row_number": begin + 51} if len(rows) > begin + 50 else {}
    return [_reported(row) for row in rows[begin : begin + 50]], after


def _reported(row):
    return {n: row[n] for n in REPORTED} | {"time_entries": [{k: row[k] for k in PARTS}]}


def activity(server, user):
    """The twenty latest doings; a length below zero is when it began."""
    rows = server.live()
    rows.sort(key=lambda row: row["stop"] or row["start"], reverse=True)
    return [
        {
            "user_id": user,
            "description": row["description"],
            "stop": row["stop"],
            "duration": -moment(row["start"]) if row["stop"] is None else 1,
        }
        for row in rows[:20]
    ]
