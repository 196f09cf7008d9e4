"""Long work beside the screen's thread: waited for with a card that can stop it."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.stopping import StoppedError
from toggl_desktop.ui.context import Errand
from toggl_desktop.ui.widgets.working import Ended, ProgressCard

_AT_ONCE: Final = 0.15
"""Seconds that are waited without a word: what is done by then needs none."""
_LOOK_MILLISECONDS: Final = 30


class Aside(QObject):
    """Waits for an errand; a person may stop it, and the window goes on painting.

    Signals:
        ended(Ended): It is done, failed, or was stopped before anything came of it.
    """

    ended = Signal(object)

    def __init__(self, title: str, sentence: str, parent: QWidget) -> None:
        """Makes what will say that it works.

        Args:
            title: What is going on, for the card's head.
            sentence: The same for its body.
            parent: The window that waits for it.
        """
        super().__init__(parent)
        self._window, self._title, self._sentence = parent, title, sentence
        self._errand: Errand | None = None
        self.card: ProgressCard | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def begin(self, errand: Errand) -> None:
        """Waits for work that was begun; what is done in a moment has ended when this returns."""
        self._errand = errand
        if errand.wait(_AT_ONCE):
            self._end(errand)
            return
        self.card = ProgressCard(self._title, self._sentence, self._window)
        self.card.bar.setRange(0, 0)  # nobody knows how far it is
        self.card.rejected.connect(self.give_up)
        self.card.open()
        self._timer.start(_LOOK_MILLISECONDS)

    def give_up(self) -> None:
        """Asks the work to stop; `ended` tells whether it still could."""
        self.card = None  # it closes itself
        if self._errand is not None:
            self._errand.give_up()

    def _on_timer_timeout(self) -> None:
        if self._errand is not None and self._errand.wait(0):
            self._end(self._errand)

    def _end(self, errand: Errand) -> None:
        self._errand = None
        self._timer.stop()
        if self.card is not None:
            self.card.rejected.disconnect(self.give_up)
            self.card.close()
            self.card = None
        how = Ended()
        try:
            how = Ended(errand.result())
        except StoppedError:
            pass
        except KnownError as error:
            how = Ended(error=error)
        finally:  # a bug is told as one, and ends it too
            self.ended.emit(how)
