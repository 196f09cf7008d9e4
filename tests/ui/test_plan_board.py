"""The board and the taskbox: cards are walked, carried, opened; columns are made and changed."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.ui.conftest import settle
from tests.ui.plan_hands import ALT, DAY, KEY, LEFT, NONE, Sown, plan_desk
from toggl_desktop.domain.plan.boards import Box
from toggl_desktop.domain.plan.commands import EditStatus, MoveOnBoard
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.board.column import ColumnWant

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


def _cards(desk, column):
    return [bar.name for bar in desk.editing.board.columns[column].cards.cards.bars]


def _centre(view, row):
    return view.visualRect(view.cards.index(row)).center()


def _carry(desk, view, row, to_view, place):
    """Drags a card onto a place of another list."""
    start = _centre(view, row)
    end = view.viewport().mapFromGlobal(to_view.viewport().mapToGlobal(place))
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    desk.move_to(start + QPoint(12, 0), on=view.viewport())
    desk.move_to(end, on=view.viewport())
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
    settle()


def test_columns_hold_their_tasks_in_order(house, sown):
    sown.add("One", project=sown.web)
    sown.add("Two", project=sown.web)
    sown.add("Doing", project=sown.web, status=sown.doing)
    sown.add("Elsewhere")
    with plan_desk(house, "board", sown.web) as desk:
        board = desk.editing.board
        assert [column.name.text() for column in board.columns] == ["To-do", "In progress", "Done"]
        assert _cards(desk, 0) == ["One", "Two"]
        assert _cards(desk, 1) == ["Doing"]
        assert board.columns[0].count.text() == "2"


def test_a_card_is_dragged_between_and_within_columns(house, sown):
    one, two = sown.add("One", project=sown.web), sown.add("Two", project=sown.web)
    sown.add("Doing", project=sown.web, status=sown.doing)
    with plan_desk(house, "board", sown.web) as desk:
        board = desk.editing.board
        todo, doing = board.columns[0].cards, board.columns[1].cards
        _carry(desk, todo, 0, doing, _centre(doing, 0) - QPoint(0, 20))
        assert _cards(desk, 1) == ["One", "Doing"]
        assert desk.task(one).status == sown.doing
        assert isinstance(house.performed[-1], MoveOnBoard)
        _carry(desk, doing, 0, doing, _centre(doing, 1) + QPoint(0, 20))
        assert _cards(desk, 1) == ["Doing", "One"]
        _carry(desk, todo, 0, board.columns[2].cards, QPoint(40, 40))
        assert desk.task(two).status == sown.finished
        assert desk.task(two).is_done


def test_esc_while_carrying_leaves_everything(house, sown):
    sown.add("One", project=sown.web)
    with plan_desk(house, "board", sown.web) as desk:
        view = desk.editing.board.columns[0].cards
        start = _centre(view, 0)
        QTest.mousePress(view.viewport(), LEFT, NONE, start)
        desk.move_to(start + QPoint(300, 10), on=view.viewport())
        assert desk.editing.carrier.lids
        desk.key(KEY.Key_Escape, on=view)
        QTest.mouseRelease(view.viewport(), LEFT, NONE, start + QPoint(300, 10))
        settle()
        assert not desk.editing.carrier.lids
        assert house.performed == []


def test_the_keyboard_walks_and_moves_cards(house, sown):
    one, two = sown.add("One", project=sown.web), sown.add("Two", project=sown.web)
    sown.add("Doing", project=sown.web, status=sown.doing)
    with plan_desk(house, "board", sown.web) as desk:
        board = desk.editing.board
        board.take_keyboard()
        todo, doing = board.columns[0].cards, board.columns[1].cards
        assert todo.current.lid == one
        desk.key(KEY.Key_Down, on=todo)
        assert todo.current.lid == two
        desk.key(KEY.Key_Up, ALT, on=todo)
        assert _cards(desk, 0) == ["Two", "One"]
        assert todo.current.lid == two
        desk.key(KEY.Key_Right, ALT, on=todo)
        assert desk.task(two).status == sown.doing
        assert doing.hasFocus()
        assert doing.current.lid == two
        desk.key(KEY.Key_Down, ALT, on=doing)
        assert _cards(desk, 1) == ["Doing", "Two"]
        desk.key(KEY.Key_Left, on=doing)
        assert todo.hasFocus()
        desk.key(KEY.Key_X, on=todo)
        assert desk.task(one).is_done
        board.select(two)
        desk.key(KEY.Key_Return, on=doing)
        assert desk.editing.side.task.lid == two
        board.select(two)
        desk.key(KEY.Key_Delete, on=doing)
        assert "Two" not in desk.names()


def test_cards_and_columns_are_added_renamed_hidden_and_deleted(house, sown):
    with plan_desk(house, "board", sown.web) as desk:
        board = desk.editing.board
        QTest.keyClicks(board.columns[1].add, "Made here")
        QTest.keyClick(board.columns[1].add, KEY.Key_Return)
        settle()
        made = desk.find("Made here")
        assert (desk.task(made).status, desk.task(made).start) == (sown.doing, None)
        QTest.keyClicks(board.add, "Review")
        QTest.keyClick(board.add, KEY.Key_Return)
        settle()
        assert len(board.columns) == 4
        column = board.columns[3]
        column.name.setFocus()
        column.name.selectAll()
        QTest.keyClicks(column.name, "Approved")
        QTest.keyClick(column.name, KEY.Key_Return)
        settle()
        assert reading.statuses(house.store.source)[3].name == "Approved"
        column.left.trigger()
        settle()
        names = [c.name.text() for c in board.columns]
        assert names == ["To-do", "In progress", "Approved", "Done"]
        board.columns[1].hide_it.trigger()
        settle()
        assert [c.name.text() for c in board.columns] == ["To-do", "Approved", "Done"]
        assert "1" in board.hidden.text()
        board.hidden.click()
        assert len(board.columns) == 4
        board.columns[2].delete.trigger()
        settle()
        assert [c.name.text() for c in board.columns] == ["To-do", "In progress", "Done"]
        board.columns[0].ends.trigger()
        assert isinstance(house.performed[-1], EditStatus)
        assert ColumnWant.ENDS.value == board.columns[0].ends.data()


def test_a_project_without_columns_is_helped(house, sown):
    lone = house.project("Lone")
    with plan_desk(house, "board", lone) as desk:
        board = desk.editing.board
        assert board.usual.isVisible()
        board.usual.click()
        settle()
        assert [c.name.text() for c in board.columns] == [
            *("To-do", "In progress", "Blocked", "Done"),
        ]
        assert not board.usual.isVisible()


def test_what_has_no_status_is_in_the_taskbox_of_a_board(house, sown):
    one = sown.add("One", project=sown.web)
    with plan_desk(house, "board", sown.web) as desk:
        box, board = desk.editing.taskbox, desk.editing.board
        box.toggle()
        settle()
        assert box.count == 0
        view = board.columns[0].cards
        start = _centre(view, 0)
        end = view.viewport().mapFromGlobal(box.mapToGlobal(box.rect().center()))
        QTest.mousePress(view.viewport(), LEFT, NONE, start)
        desk.move_to(start + QPoint(0, 20), on=view.viewport())
        desk.move_to(end, on=view.viewport())
        QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
        settle()
        assert desk.task(one).status is None
        assert box.count == 1
        settle()
        _carry(desk, box.cards, 0, board.columns[1].cards, QPoint(40, 40))
        assert desk.task(one).status == sown.doing


def test_the_taskbox_holds_what_belongs_to_the_view(house, sown):
    sown.add("Ann's", None, members=(sown.ann,))
    sown.add("Web", None, project=sown.web)
    sown.add("Scheduled", 0, members=(sown.ann,))
    with plan_desk(house) as desk:
        box, plan = desk.editing.taskbox, desk.planned.plan
        assert box.count == 2
        box.show_plan(plan, Box("team", frozenset({sown.ann})), None, "Design")
        assert [bar.name for bar in box.cards.cards.bars] == ["Ann's"]
        assert "Design" in box.rule.text()
        box.show_plan(plan, Box("project", None, sown.web))
        assert [bar.name for bar in box.cards.cards.bars] == ["Web"]


def test_the_taskbox_works_by_keyboard(house, sown):
    lid = sown.add("Later", None, members=(sown.ann,))
    with plan_desk(house) as desk:
        box = desk.editing.taskbox
        assert not box.is_open
        box.toggle()
        settle()
        assert box.cards.hasFocus()
        desk.key(KEY.Key_D, on=box.cards)
        days = desk.editing.side.task.days
        assert days.start.hasFocus()
        days.start.selectAll()
        QTest.keyClicks(days.start, "tomorrow")
        QTest.keyClick(days.start, KEY.Key_Return)
        settle()
        assert desk.task(lid).start == DAY + 1
        assert box.count == 0
        assert not box.teaching.isHidden()
        QTest.keyClicks(box.add, "Another")
        QTest.keyClick(box.add, KEY.Key_Return)
        settle()
        assert desk.task(desk.find("Another")).start is None
        box.toggle()
        assert not box.is_open
        assert desk.view.hasFocus()


def test_thousands_of_cards_are_not_asked_about(house, sown, monkeypatch):
    """Only what is in sight is painted and put into words."""
    from toggl_desktop.domain.plan.rows import Plan

    bar = sown.add("One", project=sown.web)
    with plan_desk(house, "board", sown.web) as desk:
        one = desk.planned.bar(bar)
        many = [one._replace(lid=f"{n:05}", name=f"Card {n}") for n in range(5000)]
        plan: Plan = desk.planned.plan._replace(bars=many)
        board = desk.editing.board
        board.show_plan(plan, sown.web)
        settle()
        assert board.columns[0].cards.cards.rowCount() == 5000
        assert len(board._faces._known) < 60
        board.columns[0].cards.scrollToBottom()
        settle()
        assert len(board._faces._known) < 120
