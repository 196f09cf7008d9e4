"""Started and quit again and again with traffic: nothing is leaked, nothing grows (T11).

`TOGGL_EFFORT=25` makes it the five hundred times of a release.
"""

from pathlib import Path

import pytest

from tests.support.effort import effort
from tests.sync.scene import add, at_rest, edit, entry, scene, sync, web_add, web_edit

FILES = Path("/proc/self/fd")
WAL = 64 * 1024 * 1024


@pytest.mark.skipif(not FILES.is_dir(), reason="counts open files where Linux lists them")
def test_a_storm_of_restarts_leaks_no_file_and_no_lock():
    with scene() as (world, a):
        one = add(a, "work")
        row = web_add(world, "theirs")
        sync(a, seconds=60)
        a.crash()
        before = len(list(FILES.iterdir()))
        for number in range(effort(20)):
            edit(a, one, description=f"work {number}")
            web_edit(world, row["id"], description=f"theirs {number}")
            sync(a, seconds=400)
            a.crash()
        assert len(list(FILES.iterdir())) <= before
        wal = a.place.database.with_name(a.place.database.name + "-wal")
        assert not wal.exists() or wal.stat().st_size <= WAL
        assert entry(a, one).description == f"work {number}"
        at_rest(world)
        with a.engine._turning.tried() as is_free:
            assert is_free
