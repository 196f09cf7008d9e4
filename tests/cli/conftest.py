import gc

import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def terminal(tmp_path):
    return Terminal(tmp_path)


@pytest.fixture(autouse=True)
def collects_garbage():
    """`follow` and the entry point turn the collector on and off; tests go on as they began."""
    yield
    gc.enable()
