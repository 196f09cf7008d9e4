"""Dependencies by days: what is far away costs nothing."""

from tests.support.plans import bar
from toggl_desktop.domain.plan.rows import DependencyRow
from toggl_desktop.domain.plan.waiting import Links


def _chain(count):
    """Tasks of two days, each waiting for the one before it."""
    bars = {f"b{i}": bar(f"b{i}", 3 * i, 3 * i + 1) for i in range(count)}
    rows = [DependencyRow(f"d{i}", f"b{i}", f"b{i + 1}") for i in range(count - 1)]
    return bars, rows


def _ids(links):
    return sorted(link.lid for link in links)


def test_only_what_has_a_day_in_sight_is_found_and_nothing_is_looked_up_for_it() -> None:
    bars, rows = _chain(20_000)
    asked = []

    def bar_of(lid):
        asked.append(lid)
        return bars.get(lid)

    links = Links(rows, bar_of)
    asked.clear()
    assert _ids(links.between(300, 305)) == ["d100", "d101", "d99"]
    assert not asked
    bars["b100"] = bar("b100", 900, 901)
    links.refile(["b100"])
    assert len(asked) == 4  # the two it belongs to
    assert _ids(links.between(300, 305)) == ["d100", "d101", "d99"]
    assert "d100" in _ids(links.between(700, 701))
    assert "d98" not in _ids(links.between(300, 305))


def test_what_has_no_days_or_is_gone_is_not_found_until_it_has() -> None:
    bars, rows = _chain(3)
    links = Links(rows, bars.get)
    bars["b1"] = bar("b1", None, None)
    links.refile(["b1"])
    assert links.between(-100, 100) == []
    bars["b1"] = bar("b1", 500, 501)
    links.refile(["b1", "b1"])
    assert _ids(links.between(200, 200)) == ["d0", "d1"]
    assert _ids(links.between(501, 501)) == ["d0", "d1"]
    assert [link.is_violated for link in links.between(501, 501)] == [False, True]
    del bars["b2"]
    links.refile(["b2"])
    assert _ids(links.between(501, 501)) == ["d0"]


def test_a_long_wait_is_found_once_wherever_one_looks() -> None:
    bars = {"a": bar("a", 0, 1), "b": bar("b", 2000, 2001)}
    links = Links([DependencyRow("d", "a", "b")], bars.get)
    for low, high in ((0, 0), (1000, 1000), (900, 1800), (2001, 3000)):
        assert _ids(links.between(low, high)) == ["d"]
    assert links.between(2002, 4000) == []
