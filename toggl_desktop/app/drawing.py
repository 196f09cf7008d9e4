"""Pictures of the plan for the command line: Qt is started without a screen, only for them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import RefusedError

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from toggl_desktop.cli.context import Picture
    from toggl_desktop.domain.plan.rows import Plan

_SCALE = 2.0
"""Pixels a point: words in a picture can be read when it is made larger."""


def draw(plan: Plan, picture: Picture) -> bytes:
    """Returns the bytes of a picture.

    Raises:
        RefusedError: Qt cannot be started here, or nobody could open the picture.
    """
    try:
        running = _start()
    except ImportError as error:
        raise RefusedError(
            f"Pictures need Qt, which cannot be loaded here ({error}). Nothing was written."
        ) from error
    from toggl_desktop.app.holidays import RegionDays
    from toggl_desktop.ui.plan.drawing import Wanted, Ways, form_of
    from toggl_desktop.ui.plan.drawing import draw as drawn
    from toggl_desktop.ui.plan.looks import Looks
    from toggl_desktop.ui.plan.picture import TooLargeError
    from toggl_desktop.ui.theme.tokens import DARK, LIGHT

    form = form_of(picture.form)
    looks = Looks(DARK if picture.is_dark else LIGHT, None, _SCALE if form == "png" else 1.0)
    hidden = frozenset() if picture.has_weekends else picture.weekend
    wanted = Wanted(form, picture.low, picture.high, picture.projects, picture.members, hidden)
    ways = Ways(
        looks,
        _twelve if picture.twelve_hours else _twenty_four,
        picture.today,
        picture.first_weekday,
        RegionDays,
        picture.weekend,
    )
    try:
        return drawn(plan, wanted, ways)
    except TooLargeError as error:
        raise RefusedError(f"{error} Nothing was written.") from error
    finally:
        del running


def _start() -> QCoreApplication:
    from toggl_desktop.app.screen import refuse_bad_pair

    if (reason := refuse_bad_pair()) is not None:
        raise RefusedError(reason)
    from PySide6.QtWidgets import QApplication

    from toggl_desktop.ui.theme import look

    running = QApplication.instance()
    if running is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        application = QApplication(["toggl-desktop"])
        look.adopt(application)
        running = application
    return running


def _twenty_four(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _twelve(minute: int) -> str:
    hour = minute // 60 % 24
    return f"{hour % 12 or 12}:{minute % 60:02} {'AM' if hour < 12 else 'PM'}"
