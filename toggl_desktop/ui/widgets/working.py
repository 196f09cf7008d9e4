"""Long work on the screen's thread: done in slices between events, with progress and a way out."""

from collections.abc import Generator
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

_AT_ONCE: Final = 0.15
"""Seconds that are worked without a word: what is done by then needs none."""
_SLICE: Final = 0.012
_WIDE: Final = 320
_PARTS: Final = 1000


@dataclass(frozen=True, slots=True)
class Ended:
    """How the work ended.

    Attributes:
        value: What came of it; None when it failed or was given up.
        error: Why it failed; None when it was given up or is done.
    """

    value: Any = None
    error: Exception | None = None


class Working(QObject):
    """Works through a generator that yields how much of it is done, from 0 to 1.

    Signals:
        ended(Ended): It is done, failed, or was given up.
    """

    ended = Signal(object)

    def __init__(
        self, title: str, sentence: str, parent: QWidget, *failures: type[Exception]
    ) -> None:
        """Makes what will say that it works.

        Args:
            title: What is going on, for the card's head.
            sentence: The same for its body.
            parent: The window that waits for it.
            failures: How the work may fail; anything else is a bug, and told as one.
        """
        super().__init__(parent)
        self._window, self._title, self._sentence = parent, title, sentence
        self._failures = failures
        self._steps: Generator[float, None, Any] | None = None
        self.card: ProgressCard | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def begin(self, steps: Generator[float, None, Any]) -> None:
        """Begins; what is done in a moment has ended when this returns."""
        self._steps = steps
        if self._work(_AT_ONCE) is not None:
            self.card = ProgressCard(self._title, self._sentence, self._window)
            self.card.rejected.connect(self.give_up)
            self.card.open()
            self._timer.start(0)

    def give_up(self) -> None:
        """Stops the work; nothing comes of it."""
        if self._steps is not None:
            self._end(Ended())

    def _work(self, seconds: float) -> float | None:
        """Works for a while, a step at least; returns how much is done, or None at the end."""
        end, done = perf_counter() + seconds, 0.0
        while self._steps is not None:
            steps, self._steps = self._steps, None  # a bug in it ends it
            try:
                done = next(steps)
            except StopIteration as stop:
                self._end(Ended(stop.value))
            except self._failures as error:
                self._end(Ended(error=error))
            else:
                self._steps = steps
                if perf_counter() >= end:
                    break
        return None if self._steps is None else done

    def _on_timer_timeout(self) -> None:
        done = self._work(_SLICE)
        if done is None and self._timer.isActive():
            self._end(Ended())  # the turn before failed
        elif done is not None and self.card is not None:
            self.card.bar.setValue(int(done * _PARTS))

    def _end(self, how: Ended) -> None:
        steps, self._steps = self._steps, None
        self._timer.stop()
        if steps is not None:
            steps.close()
        if self.card is not None:
            self.card.rejected.disconnect(self.give_up)
            self.card.close()
            self.card = None
        self.ended.emit(how)


class ProgressCard(QDialog):
    """Says what is going on and how far it is; closing it or Esc stops it."""

    def __init__(self, title: str, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(sentence)
        self.bar.setMinimumWidth(_WIDE)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.large)
        whole.setSpacing(SPACE.medium)
        whole.addWidget(label(sentence, wraps=True, parent=self))
        whole.addWidget(self.bar)
        whole.addWidget(self.buttons)
