"""Where a window was is kept for each set of screens."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication, QWidget

from toggl_desktop.app import windows

pytestmark = pytest.mark.ui


def test_a_window_has_the_size_it_had_on_these_screens(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    assert "x" in windows.screens()
    window = QWidget()
    for screens, width in (("1920x1080+0+0", 700), ("1280x800+0+0", 460)):
        monkeypatch.setattr(windows, "screens", lambda name=screens: name)
        window.resize(width, 500)
        windows.keep_place(state, "timer", window)
    sizes = []
    for screens in ("1920x1080+0+0", "1280x800+0+0", "800x600+0+0"):
        monkeypatch.setattr(windows, "screens", lambda name=screens: name)
        another = QWidget()
        windows.put_back(state, "timer", another)
        sizes.append(another.size())
        another.deleteLater()
    assert sizes == [QSize(700, 500), QSize(460, 500), QSize(460, 500)]  # new ones: the latest
    window.deleteLater()


def test_without_a_kept_place_a_window_stays_as_it_is(tmp_path: Path, qapp: QApplication) -> None:
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    window = QWidget()
    window.resize(320, 240)
    windows.put_back(state, "plan", window)
    assert window.size() == QSize(320, 240)
    window.deleteLater()


@pytest.mark.parametrize("is_at_plan", [True, False])
def test_a_failure_is_told_where_somebody_is(is_at_plan: bool) -> None:
    said: list[str] = []
    timer = SimpleNamespace(show_failure=lambda *_words: said.append("timer"))
    plan = SimpleNamespace(
        isActiveWindow=lambda: is_at_plan, show_failure=lambda *_words: said.append("plan")
    )
    told = SimpleNamespace(_timer=timer, _plan=plan)
    windows.Windows.show_failure(told, "It failed.", "Details")  # type: ignore[arg-type]
    assert said == ["plan" if is_at_plan else "timer"]
