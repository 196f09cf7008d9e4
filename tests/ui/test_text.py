"""Text from elsewhere is shown as it is written: literally, on its line, without effect."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QPixmap, QTextDocument
from PySide6.QtWidgets import QLabel, QMenu

from toggl_desktop.domain.plaintext import many_lines, one_line
from toggl_desktop.ui.widgets.labels import ElidedLabel
from toggl_desktop.ui.widgets.text import label, menu_text, plain, tooltip

pytestmark = pytest.mark.ui

PAYLOADS = [
    "<b>bold</b>",
    "<img src='{picture}'>",
    '<img src="file://{picture}" width=200>',
    '<img src="\\\\host\\share\\x.png">',
    "<a href='https://example.invalid'>click</a>",
    "<a href='javascript:alert(1)'>x</a>",
    "<table><tr><td>hidden</td></tr></table>",
    "<!DOCTYPE html><html><body>x",
    "a <b>x</b>",
    "&lt;b&gt;x&lt;/b&gt;",
    "&amp;",
    "R&D",
    "&File",
    "a && b",
    "<?xml version='1.0'?><b>x</b>",
    "<qt>x</qt>",
    "<html>x",
    "<br>",
    "<p style='color:red'>x</p>",
    "<!-- comment -->",
    "<style>*{{color:red}}</style>x",
    "<script>1</script>x",
    "name\x00cut",
    "two\nlines",
    "two\r\n<b>lines</b>",
    "abc\u202etxt.exe",
    "\u2067abc\u2069def",
    "bell\x07",
    "csi\x9b31m",
    "\t<i>tab</i>",
    "<svg onload=x>",
    "<font size=7>x</font>",
    "   leading and trailing   ",
]


@pytest.fixture
def picture(tmp_path, qapp):
    """A picture that would be seen if anybody loaded it."""
    path = tmp_path / "red.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    image.save(str(path))
    return path


def _filled(payload, picture):
    return payload.format(picture=picture) if "{" in payload else payload


def _has_red(pixmap):
    image = pixmap.toImage()
    red = QColor("#ff0000")
    return any(
        image.pixelColor(x, y) == red for x in range(image.width()) for y in range(image.height())
    )


def _drawn_literally(like, text):
    """The same rectangle with the text put there sign by sign by the painter itself."""
    canvas = QPixmap(like.size())
    canvas.fill(like.palette().color(like.backgroundRole()))
    painter = QPainter(canvas)
    painter.setFont(like.font())
    painter.setPen(like.palette().color(like.foregroundRole()))
    flags = like.alignment() | Qt.TextFlag.TextExpandTabs
    painter.drawText(like.contentsRect(), int(flags), text)
    painter.end()
    return canvas.toImage()


@pytest.mark.parametrize("elided", [False, True], ids=["whole", "elided"])
@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_label_shows_a_hostile_text_letter_by_letter(qtbot, picture, payload, elided):
    text = _filled(payload, picture)
    shown = label(text, elided=elided)
    qtbot.addWidget(shown)
    shown.resize(900, 24)
    image = shown.grab().toImage()
    wanted = _drawn_literally(shown, one_line(text))
    assert image.convertToFormat(wanted.format()) == wanted
    assert shown.textFormat() == Qt.TextFormat.PlainText


def test_the_comparison_above_can_fail(qtbot, picture):
    shown = QLabel("a <b>x</b>")
    qtbot.addWidget(shown)
    shown.resize(900, 24)
    wanted = _drawn_literally(shown, "a <b>x</b>")
    assert shown.grab().toImage().convertToFormat(wanted.format()) != wanted


def test_a_picture_named_in_a_text_is_not_loaded(qtbot, picture):
    text = f"<img src='{picture}'>"
    guessing, ours = QLabel(text), label(text)
    for each in (guessing, ours):
        qtbot.addWidget(each)
        each.resize(300, 60)
    assert _has_red(guessing.grab())  # what Qt does when nobody stops it
    assert not _has_red(ours.grab())


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("escape", [tooltip, plain])
def test_where_qt_guesses_an_escaped_text_reads_as_it_is_written(qtbot, picture, payload, escape):
    text = _filled(payload, picture)
    document = QTextDocument()
    document.setHtml(escape(text))
    assert document.toPlainText().replace("\u00a0", " ") == many_lines(text)
    guessing = QLabel(escape(text))
    qtbot.addWidget(guessing)
    guessing.resize(900, 60)
    assert not _has_red(guessing.grab())
    as_guessed = guessing.grab().toImage()
    guessing.setTextFormat(Qt.TextFormat.RichText)
    assert guessing.grab().toImage() == as_guessed


def test_an_empty_tooltip_stays_none_at_all():
    assert tooltip("") == ""


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_later_text_is_no_freer_than_the_first(qtbot, picture, payload):
    text = _filled(payload, picture)
    shown = label("harmless")
    qtbot.addWidget(shown)
    shown.setText(text)
    assert shown.text() == one_line(text)


def test_a_wrapping_label_keeps_lines_and_nothing_else(qtbot):
    shown = label("one\ntwo\u202e\x07", wraps=True)
    qtbot.addWidget(shown)
    assert shown.text() == "one\ntwo\ufffd"


def test_an_ampersand_in_a_menu_is_a_sign_and_no_shortcut(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    action = menu.addAction(menu_text("R&D\n<b>x</b>"))
    assert action.text() == "R&&D <b>x</b>"
    assert len(menu_text("x" * 500)) == 60


def test_a_narrow_label_ends_with_an_ellipsis_and_a_screen_reader_hears_all(qtbot):
    text = "A long name that does not fit"
    shown = label(text, elided=True)
    qtbot.addWidget(shown)
    shown.resize(60, 20)
    assert isinstance(shown, ElidedLabel)
    assert shown.is_elided
    assert shown.minimumSizeHint().width() < 60
    assert QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name) == text
    short = shown.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 60)
    assert shown.grab().toImage() != label(text).grab(QRect(0, 0, 60, 20)).toImage()
    assert short.endswith("…")
    shown.resize(600, 20)
    assert not shown.is_elided


def test_a_title_is_larger_than_a_caption_and_figures_stand_still(qtbot):
    heights = []
    for role in ("caption", "body", "emphasis", "title", "clock"):
        shown = label("0:42:13", role=role)
        qtbot.addWidget(shown)
        heights.append(shown.sizeHint().height())
        widths = {shown.fontMetrics().horizontalAdvance(figure) for figure in "0123456789"}
        assert len(widths) == 1
    assert heights == sorted(heights)
    assert len(set(heights)) == 5


def test_a_word_wider_than_its_place_is_broken_and_asks_for_no_more_room(qtbot):
    made = label("https://example.com/" + "long" * 40, wraps=True)
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 100
    one = label("short", wraps=True)
    qtbot.addWidget(one)
    assert made.heightForWidth(200) > 4 * one.heightForWidth(200)
    # What is drawn needs no more than was asked for, and less than all of it when it is cut off.
    made.resize(200, made.heightForWidth(200))
    made.show()
    assert made.grab().toImage() != QPixmap(made.size()).toImage()
    assert made.text().startswith("https://example.com/long")


def test_every_script_begins_at_the_windows_side(qtbot):
    for text, wraps in (("مراجعة", False), ("مراجعة التصميم", True), ("review", True)):
        made = label(text, wraps=wraps)
        qtbot.addWidget(made)
        assert made.alignment() & Qt.AlignmentFlag.AlignLeft
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert made.alignment() & Qt.AlignmentFlag.AlignRight
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        assert made.alignment() & Qt.AlignmentFlag.AlignHCenter


def test_a_shortened_arabic_name_ends_at_its_left(qtbot):
    made = label("مراجعة تصميم الصفحة الرئيسية مع الفريق", elided=True)
    qtbot.addWidget(made)
    made.resize(90, made.sizeHint().height())
    made.show()
    whole = made.grab().toImage()

    def ink(x):
        return [y for y in range(whole.height()) if whole.pixelColor(x, y).lightness() < 128]

    first = next(x for x in range(whole.width()) if ink(x))
    assert min(ink(first)) > whole.height() / 2  # dots, on the line
