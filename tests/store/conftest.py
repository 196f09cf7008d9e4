"""What the tests of the store share."""

from tests.store.past import template  # noqa: F401 - a fixture
