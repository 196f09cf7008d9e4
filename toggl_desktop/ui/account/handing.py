"""Where sending takes hours: the quicker way, a file for Toggl's own import; and what is in one."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from toggl_desktop.store.read.drain import Drain
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.text import label


def file_dialog(parent: QWidget | None) -> QFileDialog:
    """Returns a dialog that asks where to put the file; it asks before one is replaced."""
    title = QCoreApplication.translate("HandingLine", "Save for an import in Toggl")
    dialog = QFileDialog(parent, title, str(Path.home()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.setNameFilter("*.csv")
    dialog.selectFile("toggl-import.csv")
    return dialog


class HandingLine(QWidget):
    """One sentence and one button; hidden while there is nothing to say.

    Signals:
        save_requested(): What waits is to be saved for an import.
        imported(): The file was imported, or will not be.
    """

    save_requested = Signal()
    imported = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = label("", tone="second", wraps=True, parent=self)
        self.button = QPushButton(self)
        self.button.setAutoDefault(False)
        self.button.setMinimumHeight(SIZE.control_height)
        self.button.clicked.connect(self._on_button_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self._words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._has_file = False
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def show_drain(self, waiting: Drain) -> None:
        """Shows the way that fits how much waits; what is in a file already goes first."""
        self._has_file = waiting.handed > 0
        if self._has_file:
            words = self.tr(
                "{count} entries are in a file and not sent meanwhile. Import it on Toggl’s page "
                "(Settings, Import), then say so here."
            )
            self._words.setText(words.format(count=waiting.handed))
            self.button.setText(self.tr("It is imported"))
            self.button.setAccessibleDescription(
                self.tr("Looks for them in Toggl. What is not there is sent from here.")
            )
        else:
            self._words.setText(self.tr("Toggl’s own import is quicker for so many."))
            self.button.setText(self.tr("Save for an import…"))
            self.button.setAccessibleDescription(
                self.tr("Writes a CSV file; what is in it is not sent from here meanwhile.")
            )
        self.setVisible(self._has_file or waiting.is_long)

    def say(self, sentence: str) -> None:
        """Says what is to be done with the file that was written, or why there is none."""
        self._words.setText(sentence)
        self.show()

    def _on_button_clicked(self) -> None:
        if self._has_file:
            self.imported.emit()
        else:
            self.save_requested.emit()
