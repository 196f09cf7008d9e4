import pytest

from tests.support.planning import PlanDesk


@pytest.fixture
def desk(tmp_path):
    made = PlanDesk(tmp_path)
    yield made
    assert made.store.check(full=True) == []
    made.store.close()
