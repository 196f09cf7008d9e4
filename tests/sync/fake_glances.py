"""What a workspace says of itself in the simulated Toggl Track: the newest changes and doings."""

from toggl_desktop.sync.mapping import moment

REPORTED = ("description", "project_id", "task_id", "tag_ids", "billable")
PARTS = ("id", "start", "stop", "at")


def edited(server):
    """A report: the living entries, those that changed last first; what runs is not in it."""
    rows = [row for row in server.since("time_entry", None) if row["stop"]]
    rows.sort(key=lambda row: row["at"], reverse=True)
    return [
        {name: row[name] for name in REPORTED} | {"time_entries": [{k: row[k] for k in PARTS}]}
        for row in rows[:50]
    ]


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
