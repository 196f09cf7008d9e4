import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QFontInfo, QPalette, QStyleHints
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.ui.theme import fonts
from toggl_desktop.ui.theme.look import palette
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import DARK, LIGHT, SIZE

pytestmark = [
    pytest.mark.ui,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # what offscreen says of show()
]


@pytest.fixture
def theme(qapp):
    """A theme of its own; what the tests around it had is there again afterwards."""
    sheet, before = qapp.styleSheet(), QPalette(qapp.palette())
    font = QFont(qapp.font())
    qapp.setStyleSheet("")
    made = Theme()
    yield made
    made.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(before)
    qapp.setFont(font)


class _Painted(QWidget):
    """A widget of our own: it paints itself and listens to the palette."""

    def __init__(self):
        super().__init__()
        self.palette_changes = 0

    @override
    def changeEvent(self, event):
        if event.type() == QEvent.Type.PaletteChange:
            self.palette_changes += 1
        super().changeEvent(event)


class _Listener(QObject):
    def __init__(self, kind):
        super().__init__()
        self.kind, self.heard = kind, {}

    @override
    def eventFilter(self, watched, event):
        if event.type() == self.kind:
            self.heard[watched] = self.heard.get(watched, 0) + 1
        return False


class _Count(QObject):
    def __init__(self):
        super().__init__()
        self.times = 0

    def one_more(self):
        self.times += 1


def _show(qtbot, *windows):
    """Puts windows on the (offscreen) screen: only there does a palette reach them at once."""
    for window in windows:
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()


def _ground(widget):
    return widget.grab().toImage().pixelColor(1, 1).name()


def test_a_switch_shows_at_once_without_a_restart(qapp, qtbot, theme):
    window = QWidget()
    window.resize(40, 40)
    _show(qtbot, window)
    for mode, tokens in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        theme.apply(qapp, mode)
        assert theme.tokens is tokens
        assert _ground(window) == tokens.surface


def test_a_widget_of_our_own_hears_of_exactly_one_palette_change(qapp, qtbot, theme):
    theme.apply(qapp, "light")
    window = QWidget()
    layout = QVBoxLayout(window)
    own, label = _Painted(), QLabel("Saved here")
    for child in (own, label, QPushButton("Start"), QLineEdit("x"), QComboBox(), QListWidget()):
        layout.addWidget(child)
    _show(qtbot, window)
    listener = _Listener(QEvent.Type.PaletteChange)
    for watched in (window, label):
        watched.installEventFilter(listener)
    own.palette_changes = 0
    for times, mode in enumerate(("dark", "light", "dark"), start=1):
        theme.apply(qapp, mode)
        qtbot.wait(10)  # the platform's own news of the palette comes late
        assert own.palette_changes == times
        assert listener.heard == {window: times, label: times}


def test_a_switch_is_one_change_of_the_applications_palette_and_one_signal(qapp, theme):
    theme.apply(qapp, "light")
    listener, count = _Listener(QEvent.Type.ApplicationPaletteChange), _Count()
    qapp.installEventFilter(listener)
    theme.changed.connect(count.one_more)
    for times, mode in enumerate(("dark", "light"), start=1):
        theme.apply(qapp, mode)
        assert listener.heard[qapp] == times
        assert count.times == times
    qapp.removeEventFilter(listener)


def test_the_same_mode_again_changes_nothing(qapp, qtbot, theme):
    theme.apply(qapp, "dark")
    own, count = _Painted(), _Count()
    _show(qtbot, own)
    own.palette_changes = 0
    theme.changed.connect(count.one_more)
    theme.apply(qapp, "dark")
    assert (own.palette_changes, count.times) == (0, 0)


def test_changed_comes_when_everything_is_in_force(qapp, theme):
    class Look(QObject):
        def see(self):
            self.seen = (qapp.palette().window().color().name(), DARK.line in qapp.styleSheet())

    look = Look()
    theme.apply(qapp, "light")
    theme.changed.connect(look.see)
    theme.apply(qapp, "dark")
    assert look.seen == (DARK.surface, True)


def test_system_follows_the_desktop_while_the_program_runs(qapp, theme, monkeypatch):
    desktop = {"scheme": Qt.ColorScheme.Light}
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: desktop["scheme"])
    theme.apply(qapp, "system")
    assert theme.tokens is LIGHT
    desktop["scheme"] = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is DARK
    theme.apply(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is LIGHT
    theme.apply(qapp, "system")
    assert theme.tokens is DARK


def test_a_desktop_that_says_nothing_is_light(qapp, theme, monkeypatch):
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: Qt.ColorScheme.Unknown)
    theme.apply(qapp, "system")
    assert theme.tokens is LIGHT


def test_an_unknown_mode_is_refused_and_changes_nothing(qapp, theme):
    theme.apply(qapp, "dark")
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(qapp, "sepia")
    assert (theme.mode, theme.tokens) == ("dark", DARK)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_role_of_the_palette_is_left_to_the_desktop(tokens):
    made = palette(tokens)
    roles = [r for r in QPalette.ColorRole if r not in (QPalette.NoRole, QPalette.NColorRoles)]
    missing = [r.name for r in roles if not made.isBrushSet(QPalette.ColorGroup.Active, r)]
    assert missing == []


def test_buttons_and_edits_are_at_least_28_pixels_high(qapp, qtbot, theme):
    theme.apply(qapp, "light")
    for made in (QPushButton("Start"), QLineEdit("x"), QComboBox(), QToolButton()):
        qtbot.addWidget(made)
        made.ensurePolished()
        assert made.sizeHint().height() >= 28


def test_a_mark_changes_the_look_of_a_button_that_is_shown_already(qapp, qtbot, theme):
    theme.apply(qapp, "light")
    button = QPushButton("Start")
    qtbot.addWidget(button)
    button.resize(90, 28)
    assert button.grab().toImage().pixelColor(8, 14).name() == LIGHT.raised
    mark(button, kind="primary")
    assert button.grab().toImage().pixelColor(8, 14).name() == LIGHT.accent


def test_a_marked_label_is_written_in_its_tone(qapp, qtbot, theme):
    theme.apply(qapp, "light")
    label = QLabel("■■■■")
    qtbot.addWidget(label)
    mark(label, tone="warning")
    image = label.grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert LIGHT.word(LIGHT.warning) in seen


def test_figures_have_one_width_and_sizes_are_device_independent_pixels(qapp, theme):
    theme.apply(qapp, "light")
    clock = theme.font(SIZE.clock, SIZE.semibold)
    assert clock.featureValue(QFont.Tag("tnum")) == 1
    assert QFontInfo(clock).pixelSize() == round(28 * fonts.text_scale())
    assert clock.weight() == 600
    assert not theme.font(tabular=False).isFeatureSet(QFont.Tag("tnum"))
    assert qapp.font().pixelSize() == round(13 * fonts.text_scale())


@pytest.mark.parametrize(
    ("pixels", "scale"), [(11, 1.0), (13, 1.0), (15, 1.0), (20, 20 / 13), (60, 2.0)]
)
def test_type_grows_with_a_larger_desktop_font_and_never_shrinks(qapp, monkeypatch, pixels, scale):
    large = QFont()
    large.setPixelSize(pixels)
    monkeypatch.setattr(fonts.QFontDatabase, "systemFont", lambda _kind: QFont(large))
    fonts.text_scale.cache_clear()
    try:
        assert fonts.text_scale() == pytest.approx(scale)
        assert fonts.type_font(SIZE.body).pixelSize() == round(13 * scale)
    finally:
        fonts.text_scale.cache_clear()
