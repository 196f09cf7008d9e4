"""Entries that arrive by the thousand, new here and just as a server has them.

All that a step writes of one is put into words before the lock is taken: its row, its tie, its line
in the journal and in the log. They say what the long way would have them say (`tables`, `bindings`,
`journal`); only what entries of one place have in common is written down once for all of them.
"""

import zlib
from collections.abc import Mapping
from typing import Any, Final

from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.folding import fold
from toggl_desktop.store import jsontext, tables
from toggl_desktop.store.bindings import Service
from toggl_desktop.store.journal import Told
from toggl_desktop.store.source import Row

KIND: Final = Entry.kind
OWN: Final = ("lid", "start", "stop", "description")
"""What each has for itself: the first columns of its row. All else it shares with its place."""


class Place:
    """What entries have in common that differ in nothing but when they were and what they say."""

    def __init__(self, like: Entry, service: Service, values: Mapping[str, Any]) -> None:
        """Writes it down.

        Args:
            like: One of them.
            service: Whose they are.
            values: The same in that server's words.
        """
        own = len(OWN)
        self.columns = tables.written(like)[own:]
        self.texts = tables.text(self.columns)
        self.service = service
        encode = jsontext.encoder(1)
        plain = tables.plain(like)
        self.after = encode({n: v for n, v in plain.items() if n not in OWN})[1:]
        self.base = encode({n: v for n, v in values.items() if n not in OWN})[1:-1]


class Arrivals:
    """Some of them, as they are written.

    Attributes:
        lids: Their ids here.
        starts: When they began.
        stops: When they ended: none of them runs.
        rows: Their rows.
        ties: The rows of their bindings.
        told: What the journal says of them.
        changes: The same as JSON for the log.
        bindings: Their ties as JSON for the log.
    """

    __slots__ = ("bindings", "changes", "lids", "rows", "starts", "stops", "ties", "told")

    def __init__(self) -> None:
        self.lids: list[str] = []
        self.starts: list[int] = []
        self.stops: list[int] = []
        self.rows: list[Row] = []
        self.ties: list[Row] = []
        self.told: list[Told] = []
        self.changes: list[str] = []
        self.bindings: list[str] = []

    def __len__(self) -> int:
        return len(self.lids)

    def add(
        self, place: Place, lid: str, rid: int, values: Mapping[str, Any], at: float | None
    ) -> None:
        """Takes one more.

        Args:
            place: What it shares with others.
            lid: Its id here, made just now.
            rid: Its number there.
            values: What it is there; of them `start`, `stop` and `description` are looked at.
            at: When it changed there, where that is known.
        """
        start, stop, description = values["start"], values["stop"], values["description"]
        service = place.service
        text = jsontext.quoted(description)
        crc = zlib.crc32(f"{lid}\x1f{start}\x1f{stop}\x1f{description}\x1f{place.texts}".encode())
        after = f'{{"lid":"{lid}","start":{start},"stop":{stop},"description":{text},{place.after}'
        since = "" if at is None else f',"at":{at!r}'
        base = f'{{"description":{text},"start":{start},"stop":{stop},{place.base}{since}}}'
        tie = zlib.crc32(f"{service}\x1f{KIND}\x1f{lid}\x1f{rid}\x1f{base}\x1f0\x1fNone".encode())
        self.lids.append(lid)
        self.starts.append(start)
        self.stops.append(stop)
        self.rows.append((lid, start, stop, description, *place.columns, crc, fold(description)))
        self.ties.append((service, KIND, lid, rid, base, 0, None, tie, 0))
        self.told.append(Told(KIND, lid, None, after))
        self.changes.append(f'["{KIND}","{lid}",null,{after}]')
        self.bindings.append(
            f'{{"service":"{service}","kind":"{KIND}","lid":"{lid}","rid":{rid},"base":{base},'
            '"unsent":false,"gone":false,"hold":null}'
        )
