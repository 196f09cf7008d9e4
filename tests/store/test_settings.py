"""Settings survive a person's own hand in the file, and nothing wrong gets in."""

import os
import stat

import pytest

from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.settings import load, save


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


def test_without_a_file_everything_is_as_it_comes(path):
    assert load(path) == Settings()
    assert not path.exists()


def test_what_is_saved_is_loaded(path):
    assert save(path, "theme", "dark").theme == "dark"
    assert save(path, "close_to_tray", value=False) == Settings(theme="dark", close_to_tray=False)
    assert load(path) == Settings(theme="dark", close_to_tray=False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_comments_strangers_and_order_stay(path):
    path.write_text('# mine\nunknown = 1  # keep\ntheme = "light" # day\n\n[other]\nx = [1, 2]\n')
    save(path, "theme", "dark")
    assert path.read_text() == (
        '# mine\nunknown = 1  # keep\ntheme = "dark" # day\n\n[other]\nx = [1, 2]\n'
    )


@pytest.mark.parametrize(
    "text",
    ['theme = "pink"', "theme = 1", "close_to_tray = 'yes'", "theme", "\x00", "a = " + "[" * 5000],
)
def test_what_is_wrong_in_the_file_means_the_default(path, text):
    path.write_text(text)
    assert load(path) == Settings()


def test_bytes_that_are_no_text_mean_the_default_and_are_kept(path):
    path.write_bytes(b"theme = '\xff'\n")
    assert load(path) == Settings()
    assert save(path, "theme", "dark").theme == "dark"
    assert (path.parent / "settings.toml.broken").read_bytes() == b"theme = '\xff'\n"


def test_a_broken_file_is_kept_each_time_and_a_new_one_begins(path):
    for text in ("theme = ", "also broken = = ="):
        path.write_text(text)
        assert save(path, "theme", "dark") == Settings(theme="dark")
    assert (path.parent / "settings.toml.broken").read_text() == "theme = "
    assert (path.parent / "settings.toml.broken2").read_text() == "also broken = = ="


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unknown", "x"), ("theme", "pink"), ("theme", 1), ("close_to_tray", 1),
        ("close_to_tray", "true"), ("", ""), ("lid", "x"), ("hotkey", "\udcff"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused_and_nothing_is_written(path, name, value):
    path.write_text("# mine\n")
    with pytest.raises(RefusedError, match="Nothing was changed"):
        save(path, name, value)
    assert path.read_text() == "# mine\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_is_refused_for_writing(path, tmp_path):
    victim = tmp_path / "victim.toml"
    victim.write_text('theme = "dark"\n')
    path.symlink_to(victim)
    with pytest.raises(StoreError, match="is a link"):
        save(path, "theme", "light")
    assert victim.read_text() == 'theme = "dark"\n'


def test_a_draft_left_by_a_killed_process_is_no_obstacle(path):
    (path.parent / "settings.toml.part").write_text("half")
    assert save(path, "theme", "dark").theme == "dark"
    assert os.listdir(path.parent) == ["settings.toml"]  # noqa: PTH208
