"""What the peers report about their own files is what we read out of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.exchange import peers

KNOWN = json.loads(peers.FIGURES.read_text())


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_kept_file_has_the_count_and_seconds_that_its_peer_reported(name: str) -> None:
    said = KNOWN[name]
    theirs = (said["entries"], said["seconds"], said["running"])
    assert peers.ours((peers.FILES / name).read_bytes(), name) == theirs


@pytest.mark.e2e
@pytest.mark.parametrize("peer", sorted(peers.PEERS))
def test_a_peer_asked_now_still_agrees(peer: str, tmp_path: Path) -> None:
    reason = peers.missing(peer)
    if reason:
        pytest.skip(reason)
    items = peers.a_few() if peer == "hamster" else peers.work()
    files, figures = peers.PEERS[peer](tmp_path, items)
    assert files
    for name, data in files.items():
        assert peers.ours(data, name) == (figures.entries, figures.seconds, figures.running)
