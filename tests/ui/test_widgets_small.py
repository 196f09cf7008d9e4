"""The small widgets that more than one view uses."""

import pytest
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from tests.ui.hands import KEY, Heard
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import DARK, LIGHT, contrast
from toggl_desktop.ui.widgets.bars import SentenceBar, Toast
from toggl_desktop.ui.widgets.chip import Chip
from toggl_desktop.ui.widgets.completion import TagsField
from toggl_desktop.ui.widgets.diamond import paint_diamond, shape, word
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.placing import begin_with, come_into_sight
from toggl_desktop.ui.widgets.state import StateMark
from toggl_desktop.ui.widgets.statusline import StatusLine
from toggl_desktop.ui.widgets.ticker import SecondTicker
from toggl_desktop.ui.widgets.timerbutton import TimerButton

pytestmark = pytest.mark.ui


@pytest.fixture
def room(theme: Theme, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.activateWindow()
    settle()
    return made


def test_the_ticker_ticks_each_second_and_stops(qtbot: QtBot) -> None:
    ticker = SecondTicker()
    heard = Heard(ticker.ticked)
    ticker.set_running(True)
    ticker.set_running(True)
    qtbot.waitUntil(lambda: len(heard.all) == 2, timeout=3500)
    ticker.set_running(False)
    assert not ticker.is_running
    QTest.qWait(1100)
    assert len(heard.all) == 2


def test_a_chip_shortens_its_words_and_keeps_them_for_a_screen_reader(room: QWidget) -> None:
    chip = Chip(room)
    chip.show_words("R&D of a very long name", "Project: R&D of a very long name")
    chip.show_diamond("#0b83d9")
    assert chip.text() == "R&&D of a very long name"
    assert chip.accessibleName() == "Project: R&D of a very long name"
    whole = chip.sizeHint().width()
    assert chip.minimumSizeHint().width() < whole
    chip.resize(chip.minimumSizeHint())
    chip.show()
    assert not chip.grab().isNull()


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
@pytest.mark.parametrize("colour", ["#c7af14", "#000000", "#ffffff", "#525266"])
def test_a_projects_colour_can_be_read_and_seen(tokens: object, colour: str) -> None:
    for ground in tokens.surfaces:  # type: ignore[attr-defined]
        assert contrast(word(colour, is_dark=tokens is DARK), ground) >= 4.5
        assert contrast(shape(colour, is_dark=tokens is DARK), ground) >= 3


def test_a_diamond_without_a_colour_is_an_outline(theme: Theme) -> None:
    pictures = []
    for colour in ("#d92b2b", ""):
        image = QImage(16, 16, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        paint_diamond(painter, QPointF(8, 8), colour)
        painter.end()
        pictures.append(image)
    assert pictures[0].pixelColor(8, 8) == QColor("#d92b2b")
    assert pictures[1].pixelColor(8, 8) == QColor("#ffffff")
    assert any(pictures[1].pixelColor(x, 8) != QColor("#ffffff") for x in range(16))


def test_running_and_stopped_differ_by_shape(theme: Theme, room: QWidget) -> None:
    state = StateMark(theme, room)
    state.show_running(running=False)
    ring = state.grab().toImage()
    state.show_running(running=True)
    disc = state.grab().toImage()
    middle = state.width() // 2
    assert ring.pixelColor(middle, middle) != disc.pixelColor(middle, middle)
    assert state.accessibleName() == "Running"


def test_the_timer_button_is_pressed_by_mouse_space_and_enter(theme: Theme, room: QWidget) -> None:
    button = TimerButton(theme, room)
    button.show()
    heard = Heard(button.clicked)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    QTest.keyClick(button, KEY.Key_Space)
    QTest.keyClick(button, KEY.Key_Return)
    assert len(heard.all) == 3
    starts = button.grab().toImage()
    button.show_action(stops=True)
    assert button.grab().toImage() != starts
    assert (button.accessibleName(), button.toolTip()) == ("Stop", "Stop")


def test_a_field_says_when_it_is_dropped_and_left_but_not_for_a_menu(room: QWidget) -> None:
    field, other = TextField("One", room), TextField("Two", room)
    other.move(0, 60)
    field.show()
    other.show()
    dropped, left = Heard(field.dropped), Heard(field.left)
    field.setFocus()
    QTest.keyClick(field, KEY.Key_Escape)
    assert len(dropped.all) == 1
    other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert len(left.all) == 1
    field.setFocus()
    other.setFocus(Qt.FocusReason.PopupFocusReason)
    assert len(left.all) == 1


def test_showing_a_text_does_not_look_like_editing_it(room: QWidget) -> None:
    field = TextField("One", room)
    field.show_text("shown")
    assert not field.is_edited
    QTest.keyClicks(field, "x")
    assert field.is_edited
    field.show_text("shown")
    assert not field.is_edited
    assert field.cursorPosition() == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ()),
        ("ux", ("ux",)),
        ("ux, deep work,", ("ux", "deep work")),
        (" #ux ,UX, , b", ("ux", "b")),
    ],
)
def test_tags_are_read_once_each(room: QWidget, text: str, wanted: tuple[str, ...]) -> None:
    field = TagsField("Tags", room)
    field.setText(text)
    assert field.wish() == wanted


def test_a_bar_says_its_sentence_and_its_answer(room: QWidget) -> None:
    bar = SentenceBar(room)
    heard = Heard(bar.chosen)
    assert bar.sentence == ""
    bar.say("question", "Shall we?", ("Yes & more", "No"), takes_keyboard=True)
    settle()
    assert bar.choices == ("Yes && more", "No")
    assert bar._buttons[0].hasFocus()
    QTest.mouseClick(bar._buttons[1], Qt.MouseButton.LeftButton)
    assert heard.all == [1]
    assert bar.sentence == ""
    bar.say("notice", "Just so.")
    QTest.keyClick(bar, KEY.Key_Escape)
    assert heard.all == [1, -1]


def test_a_toast_waits_while_it_is_pointed_at(room: QWidget) -> None:
    toast = Toast(room)
    toast.say("Deleted “x”", "Undo")
    assert toast._timer.isActive()
    inside = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(inside, inside, inside))
    assert not toast._timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    room.resize(200, 200)
    settle()
    assert room.rect().contains(toast.geometry())
    heard = Heard(toast.pressed)
    toast._action.click()
    assert len(heard.all) == 1
    assert toast.sentence == ""
    assert not toast._timer.isActive()


def test_the_status_line_offers_nothing_to_press(room: QWidget) -> None:
    line = StatusLine(room)
    line.show_words("Saved here", "This week 1:02")
    assert line.words == "Saved here This week 1:02"
    assert line.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert not [one for one in line.findChildren(QWidget) if one.focusPolicy().value]


def test_a_status_line_that_has_much_to_say_takes_the_far_sides_room(theme):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QSignalSpy, QTest

    from toggl_desktop.ui.widgets.statusline import StatusLine

    line = StatusLine()
    line.resize(300, 24)
    line.show()
    line.show_words("Saved here", "This week 4:52")
    assert line._far.isVisible()
    line.show_words("Saved here · 3 waiting to send · Toggl cannot be reached", "This week 4:52")
    assert not line._far.isVisible()
    said = "Saved here · 3 waiting to send · Toggl cannot be reached · as of 14:02"
    line.show_words(said, "This week 4:52")
    shown = line._near.text()
    assert shown != said
    assert shown in {said.rsplit(" · ", cut)[0] for cut in (1, 2, 3)}  # whole parts, or none of it
    assert line.words.startswith(said)
    line.show_words(said, "This week 4:52", keep="Toggl cannot be reached")
    assert "Toggl cannot be reached" in line._near.text()
    assert "as of" not in line._near.text()
    line.resize(700, 24)
    assert line._near.text() == said
    assert line._far.isVisible()
    pressed = QSignalSpy(line.pressed)
    line.set_pressable("More")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.mouseClick(line, Qt.MouseButton.RightButton)
    assert pressed.count() == 1
    line.hide()
    line.deleteLater()


def test_a_sentence_stands_beside_its_icon(room: QWidget) -> None:
    bar = SentenceBar(room)
    bar.resize(600, 80)
    bar.say("notice", "Nothing to import: everything is here already.")
    room.show()
    settle()
    assert abs(bar._icon.geometry().center().y() - bar._sentence.geometry().center().y()) <= 1


def test_no_window_begins_larger_than_the_screen_with_its_frame(house, qtbot):
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    window = QWidget()
    qtbot.addWidget(window)
    begin_with(window, QSize(300, 200))
    assert window.size() == QSize(300, 200)
    begin_with(window, QSize(5000, 5000))
    assert window.width() < room.width()
    assert window.height() < room.height() - 24  # room for a title bar
    window.move(room.width() + 900, room.height() + 900)
    come_into_sight(window)
    assert QGuiApplication.screenAt(window.geometry().center()) is not None


def test_a_toast_stays_while_the_keyboard_is_on_its_way_back(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    other = TextField("Other", room)
    toast = Toast(room)
    room.resize(400, 300)
    room.show()
    room.activateWindow()
    toast.say("Deleted", "Undo")
    timer = toast.findChild(QTimer, "toggl-toast")
    assert timer.isActive()
    toast._action.setFocus()
    settle()
    assert not timer.isActive()
    toast.say("Deleted", "Undo")  # said anew while somebody is there
    assert not timer.isActive()
    other.setFocus()
    settle()
    assert timer.isActive()
    toast.hide()
    assert not timer.isActive()
