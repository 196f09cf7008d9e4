"""The pages of the sign-in sheet, one question each."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.domain.accounts import (
    AccountState,
    Given,
    Join,
    Preview,
    TokenPlace,
    apart_sentences,
    merge_sentences,
)
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.text import label, plain

PROFILE_URL = "https://track.toggl.com/profile"


def _column(parent: QWidget, spacing: int = SPACE.small) -> QVBoxLayout:
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


class FormPage(QWidget):
    """Asks for the API token, or for e-mail address and password.

    Signals:
        edited(): Something was typed.
        turned(): The other way was chosen; it may need another height.
    """

    edited = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabBar(self)
        self.tabs.addTab(self.tr("API token"))
        self.tabs.addTab(self.tr("E-mail and password"))
        self.tabs.setAccessibleName(self.tr("How to sign in"))
        self.tabs.setExpanding(False)
        self._ways = (self._token_way(), self._password_way())
        self._ways[1].hide()
        column = _column(self, SPACE.medium)
        column.addWidget(self.tabs)
        for way in self._ways:
            column.addWidget(way)
        column.addStretch(1)
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        for edit in (self.token, self.email, self.password):
            edit.textEdited.connect(self._on_text_edited)

    def _token_way(self) -> QWidget:
        way = QWidget(self)
        column = _column(way)
        self.token = self._field(self.tr("API token"), is_secret=True)
        column.addWidget(self.token)
        hint = self.tr("It stands at the bottom of your profile settings at Toggl Track.")
        self.profile = QPushButton(self.tr("Open settings"), way)
        mark(self.profile, kind="quiet")
        self.profile.setToolTip(plain(PROFILE_URL))
        self.profile.setAccessibleName(self.tr("Open profile settings in the browser"))
        self.profile.clicked.connect(self._on_profile_clicked)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(label(hint, role="caption", wraps=True, parent=way), 1)
        line.addWidget(self.profile)
        column.addLayout(line)
        column.addStretch(1)
        return way

    def _password_way(self) -> QWidget:
        way = QWidget(self)
        column = _column(way)
        self.email = self._field(self.tr("E-mail address"))
        self.email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.password = self._field(self.tr("Password"), is_secret=True)
        column.addWidget(self.email)
        column.addWidget(self.password)
        hint = self.tr(
            "Used once to fetch your API token, then forgotten. Accounts that sign in with Google, "
            "Apple or a company's sign-on have no password here: use the token."
        )
        column.addWidget(label(hint, role="caption", wraps=True, parent=way))
        column.addStretch(1)
        return way

    def _field(self, name: str, *, is_secret: bool = False) -> QLineEdit:
        made = QLineEdit(self)
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setMinimumHeight(SIZE.control_height)
        if is_secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
            made.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            )
        return made

    @property
    def fields(self) -> list[QLineEdit]:
        """The fields in view, in their order."""
        return [self.token] if self.tabs.currentIndex() == 0 else [self.email, self.password]

    @property
    def given(self) -> Given | None:
        """What was typed; None while something is missing."""
        if not all(edit.text().strip() for edit in self.fields):
            return None
        if self.tabs.currentIndex() == 0:
            return Given(Secret(self.token.text().strip()))
        return Given(Secret(self.password.text()), self.email.text().strip())

    def forget_secrets(self) -> None:
        """Empties the fields that hold secrets."""
        self.token.clear()
        self.password.clear()

    def take_keyboard(self) -> None:
        """Puts the keyboard where something is missing."""
        wanted = next((edit for edit in self.fields if not edit.text()), self.fields[-1])
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted.selectAll()

    def _on_tabs_current_changed(self, place: int) -> None:
        for number, way in enumerate(self._ways):
            way.setVisible(number == place)
        self.turned.emit()
        if not self.tabs.hasFocus():  # who chooses by the arrows goes on choosing
            self.take_keyboard()

    def _on_text_edited(self) -> None:
        self.edited.emit()

    def _on_profile_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl(PROFILE_URL))


class JoinPage(QWidget):
    """Asks what becomes of the work that is here already, and says what each answer does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("There is work on this computer already. What becomes of it?")
        question = label(words, wraps=True, parent=self)  # made first: it is read first
        self.merge = QRadioButton(self.tr("Merge it with the account"), self)
        self.apart = QRadioButton(self.tr("Keep it apart"), self)
        self.merge.setChecked(True)
        self._group = QButtonGroup(self)
        self._cards = [QFrame(self), QFrame(self)]
        self._columns = [QVBoxLayout(card) for card in self._cards]
        column = _column(self, SPACE.medium)
        column.addWidget(question)
        for choice, card, inner in zip(
            (self.merge, self.apart), self._cards, self._columns, strict=True
        ):
            self._group.addButton(choice)
            mark(card, kind="card")
            inner.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.medium)
            inner.setSpacing(SPACE.hair)
            inner.addWidget(choice)
            column.addWidget(card)
        column.addStretch(1)

    def show_preview(self, preview: Preview) -> None:
        """Says what each way would do."""
        for inner, choice, sentences in zip(
            self._columns,
            (self.merge, self.apart),
            (merge_sentences(preview), apart_sentences()),
            strict=True,
        ):
            while inner.count() > 1:
                item = inner.takeAt(1)
                if item is not None and (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for sentence in sentences:
                inner.addWidget(label(sentence, tone="second", wraps=True, parent=self))
            choice.setAccessibleDescription(" ".join(sentences))

    @property
    def choice(self) -> Join:
        """What was chosen."""
        return Join.MERGE if self.merge.isChecked() else Join.APART


class KeyringPage(QWidget):
    """Says that the token cannot be kept, and what can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _column(self)
        self._sentence = label("", wraps=True, parent=self)
        column.addWidget(self._sentence)
        hint = self.tr(
            "For this session only: you are signed in until the program ends, and nothing is "
            "written to a file. Everything you record is kept in any case."
        )
        column.addWidget(label(hint, role="caption", wraps=True, parent=self))
        column.addStretch(1)

    def show_sentence(self, sentence: str) -> None:
        """Says what is wrong with the keyring."""
        self._sentence.setText(sentence)

    @property
    def sentence(self) -> str:
        """What is being said."""
        return self._sentence.text()


class AccountPage(QWidget):
    """Says who is signed in, and lets choose where new entries go.

    Signals:
        home_chosen(str): New entries are to go to the workspace with this id.
    """

    home_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _column(self)
        self._name = label("", role="emphasis", wraps=True, parent=self)
        self._about = label("", tone="second", wraps=True, parent=self)
        self._waiting = label("", role="caption", wraps=True, parent=self)
        for part in (self._name, self._about, self._choice(), self._waiting):
            column.addWidget(part)
        column.addStretch(1)

    def _choice(self) -> QWidget:
        """Where new entries go, and the workspaces that they could go to."""
        self._choosing = QWidget(self)
        words = label(self.tr("New entries go to"), tone="second", parent=self._choosing)
        self.homes = QComboBox(self._choosing)
        self.homes.setMinimumHeight(SIZE.control_height)
        self.homes.setMinimumContentsLength(8)
        self.homes.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.homes.setAccessibleName(self.tr("Workspace of new entries"))
        hint = self.tr("Entries with a project go where the project lies.")
        self.homes.setAccessibleDescription(hint)
        words.setBuddy(self.homes)  # a combo box is called by its value where Linux listens
        self.homes.activated.connect(self._on_homes_activated)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(words)
        line.addWidget(self.homes, 1)
        column = _column(self._choosing, SPACE.hair)
        column.addLayout(line)
        column.addWidget(label(hint, role="caption", wraps=True, parent=self._choosing))
        return self._choosing

    def _show_homes(self, state: AccountState) -> None:
        self._choosing.setVisible(len(state.homes) > 1)
        self.homes.clear()
        for lid, name in state.homes.items():
            self.homes.addItem(one_line(name), lid)
        self.homes.setCurrentIndex(self.homes.findData(state.home))

    def _on_homes_activated(self, place: int) -> None:
        self.home_chosen.emit(self.homes.itemData(place))

    def show_account(self, state: AccountState, waiting: int) -> None:
        """Says who it is, where new entries go, where the token is, which way, and what waits."""
        account = state.account
        if account is None:
            return
        self._name.setText(account.name or account.email)
        places = {
            TokenPlace.KEYRING: self.tr("The token is in the keyring."),
            TokenPlace.SESSION: self.tr("The token is kept until the program ends."),
            TokenPlace.ENVIRONMENT: self.tr("The token comes from the environment."),
        }
        self._show_homes(state)
        way = [account.email, places[account.token_place]]
        if len(state.homes) < 2:
            where = self.tr("New entries go to the workspace “{name}”.")
            name = state.homes.get(state.home, account.workspace_name)
            way.insert(1, where.format(name=name))
        if state.proxy:
            way.append(self.tr("By way of the proxy {name}.").format(name=state.proxy))
        if state.authority:
            extra = self.tr("Also trusts the authority in {file}.")
            way.append(extra.format(file=state.authority))
        self._about.setText("\n".join(way))
        self.show_waiting(waiting)

    def show_waiting(self, waiting: int) -> None:
        """Says how much waits to be sent."""
        said = ""
        if waiting:
            said = self.tr("{count} waiting to send. Signing out keeps them here.").format(
                count=waiting
            )
        self._waiting.setText(said)
        self._waiting.setVisible(bool(said))

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self._name.text()} {self._about.text()} {self._waiting.text()}".strip()
