"""Names for files: whatever a project is called, none is refused or leads elsewhere."""

import pytest

from toggl_desktop.actions.files import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Website", "Website.pdf"),
        ("../../.bashrc", "bashrc.pdf"),
        ("a/b\\c:d", "a b c d.pdf"),
        ("CON", "CON plan.pdf"),
        ("com1.txt", "com1.txt plan.pdf"),
        ("", "plan.pdf"),
        (" . ", "plan.pdf"),
        ("x\x00y\nz\u202e", "x y z.pdf"),
        ("Ärzte & Söhne", "Ärzte & Söhne.pdf"),
        ("trailing dot.", "trailing dot.pdf"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert file_name(title, ".pdf") == name


def test_long_titles_are_cut_by_bytes():
    assert len(file_name("🎉" * 300, ".pdf").encode()) <= 124
    assert file_name("\ud800", ".csv") == "plan.csv"
