"""Reading 10,000 entries into the store, beside the least that this stack can do.

    python -m tests.perf.sync_pull

The floor asks a loopback server with http.client, decodes with msgspec and writes one row each
with sqlite3. Ours asks through the program's client and stores with journal, ties, checksums and
the second copy; the longest gap of the event loop meanwhile is what a screen would feel.
"""

import asyncio
import http.client
import json
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import msgspec

from tests.support.builders import NOW
from toggl_desktop.remote.http import Http
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.sync import pull
from toggl_desktop.sync.cycle import Cycle, Moment
from toggl_desktop.sync.pace import Pace
from toggl_desktop.sync.pull import Answer
from toggl_desktop.sync.rules import RULES

COUNT, PAGE = 10_000, 1000
RUNS = 3


def row(n):
    day = f"2026-0{1 + n % 9}-1{n % 9}T0{n % 9}"
    return {
        "id": 3_900_000_000 + n, "workspace_id": 7001, "project_id": 8000 + n % 40,
        "task_id": None, "billable": False, "start": f"{day}:00:00+00:00",
        "stop": f"{day}:30:00+00:00", "duration": 1800,
        "description": f"Entry number {n} of a long life", "tags": ["deep"], "tag_ids": [9101],
        "duronly": True, "at": "2026-09-20T10:00:00.123456+00:00", "server_deleted_at": None,
        "user_id": 5001, "uid": 5001, "wid": 7001, "pid": 8000 + n % 40,
    }  # fmt: skip


class Entry(msgspec.Struct):
    id: int
    workspace_id: int
    description: str
    start: str
    stop: str | None
    duration: int
    billable: bool
    at: str
    project_id: int | None = None
    tag_ids: list[int] | None = None


def serve(bodies):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = bodies[int(self.path.rpartition("=")[2])]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def floor(port, folder):
    began = time.process_time()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for page in range(COUNT // PAGE):
        connection.request("GET", f"/api/v9/me/time_entries?page={page}")
        found += msgspec.json.decode(connection.getresponse().read(), type=list[Entry])
    connection.close()
    with closing(sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(
            "CREATE TABLE e (id INTEGER PRIMARY KEY, ws, text, start, stop, pays, project, tags)"
        )
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO e VALUES (?,?,?,?,?,?,?,?)",
            [
                (e.id, e.workspace_id, e.description, e.start, e.stop, e.billable, e.project_id,
                 json.dumps(e.tag_ids)) for e in found
            ],
        )  # fmt: skip
        database.execute("COMMIT")
    return time.process_time() - began


async def ours(port, store):
    gaps, is_done = [], False

    async def watch():
        last = time.perf_counter()
        while not is_done:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    watching = asyncio.ensure_future(watch())
    began = time.process_time()
    found, strange = [], []
    async with Http(f"http://127.0.0.1:{port}/api/v9") as client:
        for page in range(COUNT // PAGE):
            answer = await client.ask("GET", "/me/time_entries", {"page": page})
            some, odd = pull.understood("time_entry", answer.anything())
            found, strange = found + some, strange + odd
    numbers = iter(range(10**9))
    pace = Pace(time.perf_counter)
    cycle = Cycle(store, "", lambda: f"lid-{next(numbers)}", RULES, lambda: NOW, pace)
    chunks, seen = [], time.perf_counter()
    answer = Answer("time_entry", found, strange, 0.0, NOW)
    then = pull.finish(cycle, answer, lambda: Moment(0.0, "boot"))
    for _ in pull.steps(cycle, answer, then):
        chunks.append(time.perf_counter() - seen)
        await asyncio.sleep(0)
        seen = time.perf_counter()
    spent = time.process_time() - began
    is_done = True
    await watching
    return spent, max(gaps), max(chunks)


def main():
    pages = range(0, COUNT, PAGE)
    server = serve([json.dumps([row(n) for n in range(p, p + PAGE)]).encode() for p in pages])
    port = server.server_address[1]
    floors, spents, gaps, chunks = [], [], [], []
    for _ in range(RUNS):
        folder = Path(tempfile.mkdtemp())
        floors.append(floor(port, folder))
        with Store(Place(folder / "data")) as store:
            spent, gap, chunk = asyncio.run(ours(port, store))
            assert store.source.value("SELECT count(*) FROM time_entry") == COUNT
        spents.append(spent)
        gaps.append(gap)
        chunks.append(chunk)
        shutil.rmtree(folder)
    server.shutdown()
    ratio = median(spents) / median(floors)
    print(f"{COUNT} entries, median of {RUNS}, CPU")
    print(f"floor  {median(floors) * 1000:7.0f} ms   http.client + msgspec + sqlite3, one row each")
    print(f"ours   {median(spents) * 1000:7.0f} ms   {ratio:.1f} times the floor")
    print(f"longest gap of the loop {max(gaps) * 1000:.0f} ms")
    print(f"longest transaction {max(chunks) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
