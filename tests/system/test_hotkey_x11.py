"""One combination of keys on a real X screen, pressed by a stand-in for the keyboard."""

import subprocess
import sys

import pytest

from tests.support.desk import Desk
from toggl_desktop.system.hotkey import Keys
from toggl_desktop.system.hotkey_x11 import Grab, GrabLine, Presses, X11HotKey

pytestmark = [pytest.mark.ui, pytest.mark.desk]

KEYS = Keys.parse("Ctrl+Alt+Space")
QUIET_MILLISECONDS = 150

FIELD = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit

class Field(QLineEdit):
    def keyPressEvent(self, event):
        super().keyPressEvent(event)
        print("key", event.key(), self.text(), flush=True)
    def focusInEvent(self, event):
        super().focusInEvent(event)
        print("ready", flush=True)

app = QApplication([])
field = Field()
field.setWindowTitle("A letter")
field.show()
app.exec()
"""


@pytest.fixture
def desk():
    with Desk(has_bus=False) as desk:
        yield desk


@pytest.fixture
def hot(desk, qapp):
    hot = X11HotKey(KEYS, desk.env["DISPLAY"])
    hot.count = 0

    def counts() -> None:
        hot.count += 1

    hot.pressed.connect(counts)
    yield hot
    hot.close()


def pressed(hot, qtbot, count: int) -> bool:
    """Tells whether there were exactly so many presses, also a moment later."""
    qtbot.waitUntil(lambda: hot.count >= count)
    qtbot.wait(QUIET_MILLISECONDS)
    return hot.count == count


def do(desk, *command: str) -> None:
    subprocess.run(command, env=desk.env, check=True, timeout=20)


def test_each_press_is_told_once(desk, hot, qtbot):
    assert hot.state.is_active
    assert hot.state.source == "x11"
    for count in range(1, 4):
        desk.key("ctrl+alt+space")
        assert pressed(hot, qtbot, count)


def test_other_combinations_are_not_ours(desk, hot, qtbot):
    for keys in ("space", "alt+space", "ctrl+space", "ctrl+alt+shift+space", "ctrl+alt+d"):
        desk.key(keys)
    assert pressed(hot, qtbot, 0)


@pytest.mark.parametrize("locks", [["Num_Lock"], ["Caps_Lock"], ["Num_Lock", "Caps_Lock"]])
def test_locks_do_not_matter(desk, hot, qtbot, locks):
    do(desk, "xdotool", "key", *locks)
    do(desk, "xdotool", "key", "ctrl+alt+space")
    assert pressed(hot, qtbot, 1)


def test_what_is_pressed_while_the_keys_are_held_is_no_press(desk, hot, qtbot):
    do(desk, "xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "space", "key", "d")
    assert pressed(hot, qtbot, 1)
    do(desk, "xdotool", "keyup", "alt", "keyup", "ctrl", "keyup", "space")
    assert pressed(hot, qtbot, 1)


def test_what_is_typed_in_another_window_stays_there(desk, hot, qtbot):
    field = desk.spawn(sys.executable, "-c", FIELD, stdout=subprocess.PIPE, text=True)
    with field.stdout as lines:
        assert lines.readline() == "ready\n"
        desk.type("before ")
        desk.key("ctrl+alt+space")
        desk.type("after")
        desk.key("Return")
        seen = []
        while not seen or not seen[-1].endswith(" before after"):
            seen.append(lines.readline().rstrip("\n"))
            assert seen[-1], "the field is gone"
        field.kill()
        field.wait(5)
    assert pressed(hot, qtbot, 1)
    # One space was typed as text; that of the combination never came to the field.
    assert len([line for line in seen if line.startswith("key 32 ")]) == 1


def test_keys_that_another_program_has_are_said_to_be_taken(desk, hot, qtbot):
    second = X11HotKey(KEYS, desk.env["DISPLAY"])
    assert not second.state.is_active
    assert second.state.sentence == (
        "Another program has taken Ctrl+Alt+Space: choose other keys, or "
        "bind the command “toggl-desktop palette” in your desktop's keyboard settings."
    )
    seconds = []
    second.pressed.connect(lambda: seconds.append(1))
    desk.key("ctrl+alt+space")
    assert pressed(hot, qtbot, 1)
    assert seconds == []
    second.close()


def test_half_a_combination_is_not_kept(desk, qapp):
    """Whoever has it with NumLock on only leaves us the other half, which nobody would grasp."""
    other, ours, third = (GrabLine(desk.env["DISPLAY"]) for _ in range(3))
    assert other.grab(KEYS) is Grab.HELD
    other._release({pair for pair in other._held if pair != max(other._held)})
    assert ours.grab(KEYS) is Grab.TAKEN
    assert ours._held == set()
    other.close()
    assert third.grab(KEYS) is Grab.HELD
    third.close()
    ours.close()


def test_after_a_change_of_layout_the_key_is_found_where_it_is_now(desk, qtbot):
    hot = X11HotKey(Keys.parse("Ctrl+Alt+Y"), desk.env["DISPLAY"])
    count = []
    hot.pressed.connect(lambda: count.append(1))
    ((before, _),) = {(key, 0) for key, _ in hot._line._held}
    do(desk, "setxkbmap", "de")
    qtbot.waitUntil(lambda: all(key != before for key, _ in hot._line._held))
    desk.key("ctrl+alt+y")
    qtbot.waitUntil(lambda: len(count) == 1)
    assert hot.state.is_active
    hot.close()


def test_a_key_that_the_layout_lacks_comes_with_the_layout_that_has_it(desk, qtbot):
    hot = X11HotKey(Keys.parse("Ctrl+Alt+Ö"), desk.env["DISPLAY"])
    assert not hot.state.is_active
    assert hot.state.sentence.startswith("This keyboard cannot type Ctrl+Alt+Ö: choose other keys,")
    with qtbot.waitSignal(hot.changed):
        do(desk, "setxkbmap", "de")
    assert hot.state.is_active
    with qtbot.waitSignal(hot.pressed):
        desk.key("ctrl+alt+odiaeresis")
    with qtbot.waitSignal(hot.changed):
        do(desk, "setxkbmap", "us")
    assert not hot.state.is_active
    hot.close()


def test_the_key_of_the_second_layout_works_in_the_first_too(desk, qtbot):
    do(desk, "setxkbmap", "ru,us")
    hot = X11HotKey(Keys.parse("Ctrl+Alt+T"), desk.env["DISPLAY"])
    assert hot.state.is_active
    with qtbot.waitSignal(hot.pressed):
        do(desk, "xdotool", "key", "ctrl+alt+28")  # the key's number, whatever it types
    hot.close()


def test_a_sign_that_needs_shift_is_pressed_with_shift(desk, qtbot):
    hot = X11HotKey(Keys.parse("Ctrl+?"), desk.env["DISPLAY"])
    with qtbot.waitSignal(hot.pressed):
        desk.key("ctrl+shift+slash")
    hot.close()


def test_a_display_that_goes_away_is_told_and_not_raised(desk, hot, qtbot):
    screen = desk._processes[0]
    with qtbot.waitSignal(hot.changed):
        screen.kill()
        screen.wait(5)
    assert not hot.state.is_active
    assert hot.state.sentence.startswith("The X display went away: bind the command")
    assert hot._line.fileno() == -1
    assert not hot._notifier.isEnabled()
    assert hot._line.grab(KEYS) is Grab.LOST
    hot.close()


def test_nothing_wakes_us_while_other_keys_are_typed(desk, hot, qtbot):
    desk.key("ctrl+alt+space")
    assert pressed(hot, qtbot, 1)
    woken = []
    hot._notifier.activated.connect(lambda: woken.append(1))
    desk.type("a secret that is nobody's business")
    desk.key("ctrl+c", "Return", "F12")
    qtbot.wait(QUIET_MILLISECONDS)
    # The screen's stand-in for a keyboard remaps a spare key for what it cannot type: few at most.
    assert len(woken) <= 2
    assert hot.count == 1


def test_a_held_key_that_repeats_is_one_press():
    """As a server with auto-repeat tells it: let go and pressed within the same millisecond."""
    presses = Presses()
    told = [(2, 65, 1000), (3, 65, 1500), (2, 65, 1500), (3, 65, 1533), (2, 65, 1533)]
    told += [(3, 65, 1600), (2, 65, 1700)]
    assert [presses.is_first(*event) for event in told] == [
        *(True, False, False, False, False),
        *(False, True),
    ]


def test_a_display_nobody_answers_for_is_refused():
    with pytest.raises(OSError, match="does not answer"):
        GrabLine(":4711")


def test_without_a_display_there_is_nobody_to_ask(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(OSError, match="no display"):
        GrabLine()
