"""The plan as PNG, SVG and PDF: the right days and lanes, on as many pages as it takes."""

import re
import zlib
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.rows import (
    Bar,
    DependencyRow,
    GroupRow,
    MemberRow,
    MilestoneRow,
    Plan,
    PlanProjectRow,
    SegmentRow,
)
from toggl_desktop.ui.plan import picture
from toggl_desktop.ui.plan.drawing import Wanted, Ways, draw
from toggl_desktop.ui.plan.drawing import drawn as steps_of
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.paper import PaperAxis, axis_for
from toggl_desktop.ui.plan.picture import WIDTH, TooLargeError
from toggl_desktop.ui.theme.tokens import DARK, LIGHT

pytestmark = pytest.mark.ui
TODAY = date(2026, 11, 27).toordinal()
EVIL = "</text><script>alert(1)</script> & “x” \x07" + "\u202e" + "a" * 300


def bar(lid, name, start, end, member="a", project="p", **fields):
    return Bar(lid, name, start, end, None, None, project, fields.pop("segment", None), None,
               (member,) if member else (), (), fields.pop("color", "#00acc1"),
               fields.pop("is_done", False), 0.0, 0.0, 0, 0, 0, False, False)  # fmt: skip


def plan_of(*bars, members=("a", "b"), **fields):
    people = [MemberRow(lid, f"Person {lid}", lid.upper(), "#2196f3", False, (480,) * 7, "", 0.0)
              for lid in members]  # fmt: skip
    projects = [PlanProjectRow("p", "Website", "#00acc1", None, False),
                PlanProjectRow("q", "Book", "#d9480f", None, False)]  # fmt: skip
    empty = Plan(list(bars), [], people, [], projects, [], [], [], [], [])
    return empty._replace(**fields)


SOME = plan_of(
    bar("1", "Wireframes", TODAY - 3, TODAY + 4),
    bar("2", "Chapter 3", TODAY + 7, TODAY + 11, "b", "q", color="#d9480f"),
    bar("3", "Old", TODAY - 60, TODAY - 50, "b", is_done=True),
    bar("4", "Nobody's", TODAY, TODAY, None),
    milestones=[MilestoneRow("m", "Launch", TODAY + 2, "#ff0000", False, False, "p", None)],
    segments=[SegmentRow("s", "Design", "p", 0)],
)


def drawn(form, plan=SOME, tokens=LIGHT, scale=1.0, **wanted):
    ways = Ways(
        Looks(tokens, None, scale), lambda minute: f"{minute // 60}:{minute % 60:02}", TODAY
    )
    return draw(plan, Wanted(form, **wanted), ways)


def image_of(data):
    image = QImage.fromData(data)
    assert not image.isNull()
    return image


def words_of(svg):
    root = ElementTree.fromstring(svg)
    return " ".join(text for text in root.itertext() if text.strip())


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def colours(image):
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 5)
            for y in range(0, image.height(), 5)}  # fmt: skip


def test_a_png_shows_bars_in_their_colours_as_wide_as_its_days(qapp):
    image = image_of(drawn("png", low=TODAY - 7, high=TODAY + 14))
    assert abs(image.width() - WIDTH) < 100
    assert {"#00acc1", "#d9480f", LIGHT.surface.lower()} <= colours(image)
    twice = image_of(drawn("png", tokens=DARK, scale=2.0, low=TODAY - 7, high=TODAY + 14))
    assert twice.width() == 2 * image.width()
    assert twice.pixelColor(2, 2) == QColor(DARK.surface)


def test_an_svg_says_names_titles_days_and_the_legend(qapp):
    said = words_of(drawn("svg", low=TODAY - 7, high=TODAY + 14))
    for words in ("Team", "Fri 20 Nov – Fri 11 Dec 2026", "Wireframes", "Chapter 3", "Person a",
                  "Person b", "Launch", "Website", "Book", "No one", "November 2026"):  # fmt: skip
        assert words in said
    assert "Old" not in said


def test_numbers_in_an_svg_are_small_enough_for_any_reader(qapp):
    text = drawn("svg", low=TODAY - 7, high=TODAY + 14).decode()
    shapes = re.sub(r"#[0-9a-f]{6}\b", "", text.partition("<g")[2])
    assert not re.search(r"(?<![\d.])\d{6,}|\de\+", shapes)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_lines_of_what_waits_are_shown_where_both_ends_are(qapp, form):
    waiting = SOME._replace(dependencies=[DependencyRow("d", "1", "2")])
    assert drawn(form, waiting) != drawn(form)
    assert drawn(form, waiting, projects=["p"]) == drawn(form, projects=["p"])


def test_what_a_name_holds_is_only_text(qapp):
    evil = [PlanProjectRow("p", EVIL, "#00acc1", None, False)]
    groups = [GroupRow("g", EVIL, ("a",), 0)]
    plan = plan_of(bar("1", EVIL, TODAY, TODAY + 9), projects=evil, groups=groups)
    root = ElementTree.fromstring(drawn("svg", plan))
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert drawn("pdf", plan).startswith(b"%PDF-")


def test_a_project_has_its_segments_for_lanes(qapp):
    said = words_of(drawn("svg", projects={"p"}))
    assert "Design" in said
    assert "Person a" not in said
    assert "Chapter 3" not in said
    assert said.count("Website") >= 2  # above, and in the legend


def test_a_member_has_a_lane_and_nobody_else(qapp):
    said = words_of(drawn("svg", members={"b"}))
    assert "Person b" in said
    assert "Wireframes" not in said
    assert "Person a" not in said


def test_without_days_everything_is_shown_in_whole_weeks(qapp):
    said = words_of(drawn("svg"))
    assert "Old" in said
    assert "Done" in said
    assert re.search("Mon 28 Sept? – Sun 13 Dec 2026", said)


def test_a_short_range_is_one_page_and_a_year_is_four(qapp):
    assert pages(drawn("pdf", low=TODAY, high=TODAY + 30)) == 1
    assert pages(drawn("pdf", low=TODAY, high=TODAY + 364)) == 4


def test_more_lanes_than_a_page_holds_go_on_on_the_next(qapp):
    people = [f"m{n}" for n in range(40)]
    bars = [bar(f"{n}", f"Task {n}", TODAY, TODAY + 3, who) for n, who in enumerate(people)]
    assert pages(drawn("pdf", plan_of(*bars, members=people), high=TODAY + 20)) == 3


def test_an_empty_plan_is_a_picture_too(qapp):
    for form in ("png", "svg", "pdf"):
        assert drawn(form, plan_of(members=()))


def test_weekends_can_be_left_out(qapp):
    said = words_of(drawn("svg", low=TODAY - 4, high=TODAY + 2, hidden=frozenset({5, 6})))
    assert "23" in said
    assert "28" not in said.replace("2028", "")


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_what_nobody_could_open_is_refused(qapp, form):
    people = [f"m{n}" for n in range(2000)]
    bars = [bar(f"{n}", "x", TODAY, TODAY + 400, who) for n, who in enumerate(people)]
    with pytest.raises(TooLargeError, match="Choose fewer days"):
        drawn(form, plan_of(*bars, members=people), low=TODAY, high=TODAY + 4000)


def test_a_pdf_holds_words_not_pixels(qapp):
    data = drawn("pdf", low=TODAY, high=TODAY + 30)
    streams = re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)
    assert any(b"Tj" in zlib.decompress(s) for s in streams if s[:2] in {b"\x78\x9c", b"\x78\x01"})
    assert b"/Subtype /Image" not in data


@given(
    st.integers(700_000, 760_000), st.floats(3, 90), st.integers(0, 400),
    st.sampled_from([frozenset(), frozenset({5, 6})]),
)  # fmt: skip
def test_the_paper_axis_is_the_screens_counted_from_its_first_day(origin, per_day, away, hidden):
    paper = PaperAxis(per_day, hidden, origin)
    day = origin + away
    assert paper.x(origin) == 0
    assert paper.edges(day, day + 3) == [paper.x(day + n) for n in range(5)]
    if paper.shows(day):
        assert paper.day(paper.x(day)) == day
    assert paper.column(day) == Axis(1.0, hidden).column(day) - Axis(1.0, hidden).column(origin)


def test_few_days_are_not_blown_up_and_many_stay_visible():
    assert axis_for(TODAY, TODAY, 1000).per_day == 96
    assert axis_for(TODAY, TODAY + 3650, 1000).per_day == 3


def test_bands_of_a_png_fit_together_without_a_seam(monkeypatch):
    many = [bar(f"x{i}", f"Bar {i}", TODAY + i % 9, TODAY + i % 9 + 6) for i in range(60)]
    marks = [MilestoneRow("m", "Launch", TODAY + 2, "#ff0000", False, False, "p", None)]
    plan = plan_of(*many, members=("a", "b"), milestones=marks)
    monkeypatch.setattr(picture, "BAND", 100_000)
    whole = QImage.fromData(drawn("png", plan, scale=2.0))
    monkeypatch.setattr(picture, "BAND", 94)
    cut = QImage.fromData(drawn("png", plan, scale=2.0))
    assert whole.size() == cut.size()
    assert whole.height() > 10 * 94
    assert whole == cut


def test_a_picture_is_drawn_in_pieces_and_says_how_far_it_is():
    far = [bar(f"x{i}", f"Bar {i}", TODAY + i * 40, TODAY + i * 40 + 9) for i in range(20)]
    ways = Ways(Looks(LIGHT, scale=1.0), str, TODAY)
    told = list(steps_of(plan_of(*far), Wanted("pdf"), ways))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len([done for done in told if done]) > 5, "a page is a piece"
    told = list(steps_of(plan_of(*far), Wanted("png"), ways))
    assert told[-1] == 1.0
