"""The list's rows: days, parts, gaps, and the smallest steps from one state to the next."""

import random
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import TODAY, House
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain import commands
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem, Item
from toggl_desktop.ui.timer.ledger import CHUNK, Ledger
from toggl_desktop.ui.timer.model import EntryModel
from toggl_desktop.ui.timer.wording import Wording

pytestmark = pytest.mark.ui


@pytest.fixture
def model(house: House, qtmodeltester: object) -> EntryModel:
    wording = Wording(house.context)
    made = EntryModel(Ledger(house.store.source, house.current_zone, wording.now), wording)
    wording.setParent(made)
    house.store.feed.subscribe(made.apply)
    return made


def items(model: EntryModel) -> list[Item]:
    return [model.item(row) for row in range(model.rowCount())]


def shape(model: EntryModel) -> list[str]:
    found = []
    for row, item in enumerate(items(model)):
        face = model.face(row)
        if isinstance(item, DayHead):
            found.append(f"== {face.title} {face.length}".strip())
        elif isinstance(item, GapItem):
            found.append(f".. {face.title}")
        else:
            found.append(f"{face.title} {face.span} {face.length}")
    return found


def test_a_day_shows_its_total_its_entries_newest_first_and_its_gaps(
    house: House, model: EntryModel
) -> None:
    house.entry("Stand-up", "08:30", "08:50")
    house.entry("Wireframes", "09:04", "09:46")
    house.entry("Old", "10:00", "11:00", day=-1)
    house.entry("Older", "10:00", "11:30", day=-7)
    model.fill()
    assert shape(model) == [
        "== Today 1:02",
        "Wireframes 9:04 – 9:46 0:42:00",
        ".. 14 min gap — fill",
        "Stand-up 8:30 – 8:50 0:20:00",
        "== Yesterday 1:00",
        "Old 10:00 – 11:00 1:00:00",
        "== Monday, 16 November 1:30",
        "Older 10:00 – 11:30 1:30:00",
    ]


def test_a_night_between_two_entries_is_no_gap_to_be_filled(
    house: House, model: EntryModel
) -> None:
    house.entry("Late last night", "00:10", "00:40")
    house.entry("Morning", "08:00", "09:00")
    house.entry("After lunch, and a long one", "13:00", "14:00")
    model.fill()
    assert [line for line in shape(model) if line.startswith("..")] == [".. 4:00 h gap — fill"]


def test_an_entry_across_midnight_is_shown_under_both_days_with_its_part_of_each(
    house: House, model: EntryModel
) -> None:
    house.entry("Night", "23:10", "01:20", day=-1)
    model.fill()
    assert shape(model) == [
        "== Today 1:20",
        "Night 0:00 – 1:20 1:20:00",
        "== Yesterday 0:50",
        "Night 23:10 – 0:00 0:50:00",
    ]
    first, second = items(model)[1], items(model)[3]
    assert isinstance(first, EntryItem)
    assert isinstance(second, EntryItem)
    assert (first.is_from_before, first.goes_on) == (True, False)
    assert (second.is_from_before, second.goes_on) == (False, True)
    assert "23:10" in model.face(1).hint
    assert "2:10:00 in all" in model.face(1).hint


def test_a_day_of_25_hours_adds_up(house: House, model: EntryModel) -> None:
    back = (date(2026, 10, 25) - TODAY).days
    house.entry("Long", "00:00", "00:00", day=back)
    house.do(
        commands.EditEntries((house.all_rows()[0].lid,), stop=house.at("00:00", back + 1))  # type: ignore[arg-type]
    )
    model.fill()
    assert shape(model)[0].endswith("25:00")


def test_what_runs_counts_in_todays_total_and_is_no_row_of_today(
    house: House, model: EntryModel
) -> None:
    house.entry("Stand-up", "08:30", "08:50")
    house.start("Design", "12:00")
    model.fill()
    head = items(model)[0]
    assert isinstance(head, DayHead)
    assert head.total(house.clock.at) == 122 * 60 + 20 * 60
    assert [s.split()[0] for s in shape(model)] == ["==", "..", "Stand-up"]
    assert model.live_rows() == [0]


def test_what_runs_since_yesterday_is_a_row_of_yesterday(house: House, model: EntryModel) -> None:
    house.clock.at = house.at("23:00", -1)
    house.start("Night")
    house.clock.at = house.at("01:00")
    model.fill()
    assert shape(model) == ["== Today", "== Yesterday", "Night 23:00 – 0:00 1:00:00"]


def test_entries_that_share_time_are_marked(house: House, model: EntryModel) -> None:
    house.entry("One", "09:00", "10:00")
    house.entry("Two", "09:30", "10:30")
    house.entry("Three", "11:00", "11:30")
    model.fill()
    marked = [i.row.description for i in items(model) if isinstance(i, EntryItem) and i.overlaps]
    assert marked == ["Two", "One"]
    row = model.row_of(next(r.lid for r in house.all_rows() if r.description == "Two"))
    assert "overlap" in model.face(row).marks
    assert "shares time with another entry" in model.face(row).spoken


def test_a_row_says_everything_to_a_screen_reader(house: House, model: EntryModel) -> None:
    project = house.project("Website", client=house.client("Acme"))
    tag = house.tag("ux")
    house.entry("Wireframes", "09:04", "09:46", project=project, tags=(tag,), billable=True)
    model.fill()
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Wireframes, Website, Acme, 9:04 to 9:46, 42 minutes, tags ux, billable"
    head = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert head == "Today, 42 minutes in all"


def test_texts_of_others_are_shown_literally_and_on_one_line(
    house: House, model: EntryModel
) -> None:
    house.entry("<b>x</b>\n<img src='file:///etc/passwd'>\u202ecod", "09:00", "09:10")
    model.fill()
    assert model.face(1).title == "<b>x</b> <img src='file:///etc/passwd'>cod"
    hint = model.data(model.index(1), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in hint
    assert "<img" not in hint


def test_a_description_of_3000_characters_is_clamped_in_the_row(
    house: House, model: EntryModel
) -> None:
    house.entry("w" * 3000, "09:00", "09:10")
    model.fill()
    assert len(model.face(1).title) == 300
    assert model.face(1).title.endswith("…")


@pytest.mark.parametrize("twelve", ["24", "12"])
def test_times_follow_the_setting(house: House, model: EntryModel, twelve: str) -> None:
    house.preferences.choose("time_format", twelve)
    house.entry("Late", "13:04", "13:46")
    model.fill()
    wanted = "13:04 – 13:46" if twelve == "24" else "1:04 PM – 1:46 PM"
    assert model.face(1).span == wanted


class Steps:
    """Writes down what a model announces."""

    def __init__(self, model: EntryModel) -> None:
        self.seen: list[str] = []
        model.rowsInserted.connect(self.on_inserted)
        model.rowsRemoved.connect(self.on_removed)
        model.rowsMoved.connect(self.on_moved)
        model.dataChanged.connect(self.on_changed)
        model.modelReset.connect(self.on_reset)

    def on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.seen.append(f"insert {first}-{last}")

    def on_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.seen.append(f"remove {first}-{last}")

    def on_moved(self, *_: object) -> None:
        self.seen.append("move")

    def on_changed(self, first: QModelIndex, last: QModelIndex, _roles: object) -> None:
        self.seen.append(f"change {first.row()}-{last.row()}")

    def on_reset(self) -> None:
        self.seen.append("reset")


def test_a_change_touches_only_the_rows_it_names(house: House, model: EntryModel) -> None:
    for day in range(5):
        house.entry("A", "09:00", "10:00", day=-day)
        house.entry("B", "10:00", "11:00", day=-day)
    model.fill()
    lid = house.all_rows()[2].lid
    steps = Steps(model)
    house.do(commands.EditEntries((lid,), description="Other"))
    assert steps.seen == ["change 4-4"]
    steps.seen.clear()
    house.do(commands.DeleteEntries((lid,)))
    assert steps.seen == ["remove 4-4", "change 3-3"]
    steps.seen.clear()
    house.do(Undo())
    assert steps.seen == ["change 3-3", "insert 4-4"]
    steps.seen.clear()
    house.do(commands.EditEntries((lid,), start=house.at("08:00", -1), stop=house.at("08:30", -1)))
    assert "move" in steps.seen
    assert "reset" not in steps.seen


def test_an_index_survives_what_others_do(house: House, model: EntryModel) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    kept = house.entry("Kept", "09:00", "10:00", day=-1)
    model.fill()
    index = QPersistentModelIndex(model.index(model.row_of(kept)))
    house.entry("New", "09:00", "10:00")
    house.entry("Before", "08:00", "08:30", day=-1)
    house.do(commands.EditEntries((kept,), start=house.at("07:00", -1)))
    item = model.item(index.row())
    assert isinstance(item, EntryItem)
    assert item.row.lid == kept


def test_any_history_ends_where_a_fresh_list_begins(house: House, model: EntryModel) -> None:
    dice = random.Random(11)
    projects = [house.project("P1"), house.project("P2")]
    model.fill()
    fresh = EntryModel(
        Ledger(house.store.source, house.current_zone, lambda: house.clock.at),
        Wording(house.context),
    )
    for _ in range(150):
        _anything(house, dice, projects)
        fresh.fill()
        assert shape(model) == shape(fresh)


def _anything(house: House, dice: random.Random, projects: list[str]) -> None:
    lids = [row.lid for row in house.all_rows()]
    some = tuple(dice.sample(lids, min(len(lids), dice.randint(1, 3))))
    low = house.at("00:00", -4) + dice.randrange(4 * 86400)
    command: object = dice.choice(
        [
            commands.AddEntry(low, low + dice.randrange(40 * 3600), "A", dice.choice(projects)),
            commands.AddEntry(low, low + dice.randrange(3600), "B"),
            commands.DeleteEntries(some),
            commands.EditEntries(some, start=low - 999, stop=low + dice.randrange(9999)),
            commands.EditEntries(some, description=f"E{low}"),
            commands.StartTimer("R", at=low if dice.random() < 0.3 else None, overlaps="keep"),
            commands.StopTimer(),
            commands.EditProject(dice.choice(projects), name=f"P{low}"),
            Undo(),
        ]
    )
    house.perform(command)


def test_a_bulk_change_without_ids_is_read_by_its_range(house: House, model: EntryModel) -> None:
    lid = house.entry("A", "09:00", "10:00")
    house.entry("B", "09:00", "10:00", day=-3)
    model.fill()
    house.store.feed.unsubscribe(model.apply)
    house.do(commands.EditEntries((lid,), description="Changed"))
    model.apply(ChangeSet(1, {"time_entry": frozenset()}))
    assert "Changed" in shape(model)[1]


def test_a_renamed_project_is_renamed_in_its_rows_alone(house: House, model: EntryModel) -> None:
    project = house.project("Website")
    house.entry("A", "09:00", "10:00", project=project)
    house.entry("B", "10:00", "11:00")
    model.fill()
    steps = Steps(model)
    house.do(commands.EditProject(project, name="Shop", color="#d92b2b"))
    assert steps.seen == ["change 2-2"]
    assert (model.face(2).project, model.face(2).color) == ("Shop", "#d92b2b")


def test_a_held_item_stays_until_it_is_let_go(house: House, model: EntryModel) -> None:
    lid = house.entry("A", "09:00", "10:00")
    house.entry("B", "11:00", "12:00")
    model.fill()
    model.hold(model.row_of(lid))
    house.do(commands.DeleteEntries((lid,)))
    assert model.row_of(lid) >= 0
    model.let_go()
    assert model.row_of(lid) == -1
    model.hold(1)
    house.do(commands.DeleteEntries((house.all_rows()[0].lid,)))
    assert len(shape(model)) == 2
    model.let_go()
    assert shape(model) == []


def test_a_new_day_renames_the_heads(house: House, model: EntryModel) -> None:
    house.clock.at = house.at("23:00")
    house.entry("A", "09:00", "10:00")
    house.start("Night")
    model.fill()
    house.clock.at = house.at("00:00", 1)
    model.roll_over()
    assert [s for s in shape(model) if s.startswith("==")] == ["== Today", "== Yesterday"]
    assert shape(model)[2] == "Night 23:00 – 0:00 1:00:00"


def fill_many(house: House, count: int) -> None:
    from toggl_desktop.domain.entities import Entry
    from toggl_desktop.domain.ids import EntryId

    project = house.project("Website")
    base = house.at("08:00")
    with house.store.transaction("Import", house.clock.at) as tx:
        for number in range(count):
            day, slot = divmod(number, 20)
            start = base - day * 86400 - slot * 1500
            tx.save(
                Entry(
                    EntryId(f"many-{number:06}"),
                    start,
                    start + 1400,
                    f"Entry {number}",
                    project if number % 3 else None,
                )
            )


def test_a_long_history_is_read_in_few_questions_and_only_as_far_as_needed(
    house: House, model: EntryModel, qapp: QApplication
) -> None:
    fill_many(house, 3000)
    source = house.store.source
    source.asked = 0  # type: ignore[attr-defined]
    model.fill()
    assert source.asked <= 5  # type: ignore[attr-defined]
    assert CHUNK <= model.rowCount() < 2 * CHUNK + 60
    rows = model.rowCount()
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() > rows
    entries = [i for i in items(model) if isinstance(i, EntryItem)]
    assert len({i.row.lid for i in entries}) == 3000


def test_the_model_obeys_qts_rules(house: House, model: EntryModel, qtmodeltester: object) -> None:
    house.entry("A", "09:00", "10:00")
    model.fill()
    qtmodeltester.check(model)  # type: ignore[attr-defined]
