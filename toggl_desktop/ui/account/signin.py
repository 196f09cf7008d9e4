"""The sheet that signs in and out: it shows states and says what a person wants, no more."""

from enum import IntEnum
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.accounts import AccountState, Found, Join, TokenPlace, Waiting
from toggl_desktop.ui.account.leaving import LeavePage
from toggl_desktop.ui.account.pages import AccountPage, FormPage, JoinPage, KeyringPage
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.text import label

_WIDTH: Final = 480
_LEAST: Final = 360


class Page(IntEnum):
    """Which question is asked."""

    FORM = 0
    JOIN = 1
    KEYRING = 2
    ACCOUNT = 3
    LEAVE = 4


class Wish(NamedTuple):
    """How a person wants to be signed in; `how` None leaves what was decided before."""

    found: Found
    how: Join | None
    place: TokenPlace


class SignInSheet(QDialog):
    """Signs in step by step; each step can be left with Esc, and nothing is half done then.

    Signals:
        look_requested(Given): The server is to be asked who this is.
        join_requested(Wish): Somebody is to be signed in.
        given_up(): What is under way is to be left.
        sign_out_requested(): Whoever is signed in is to be signed out.
        leave_requested(Leave): The same, and what becomes of what waits.
        home_requested(str): New entries are to go to the workspace with this id.
    """

    look_requested = Signal(object)
    join_requested = Signal(object)
    given_up = Signal()
    sign_out_requested = Signal()
    leave_requested = Signal(object)
    home_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Found | None = None
        self._how: Join | None = None
        self._is_busy = False
        self._page = Page.FORM
        self.setWindowTitle(self.tr("Account"))
        self.setMinimumWidth(_LEAST)
        self.resize(_WIDTH, 0)
        self._build_children()
        self._wire()
        self.show_form()

    def _build_children(self) -> None:
        self._title = label("", role="title", wraps=True, parent=self)
        self._sentence = label("", tone="problem", wraps=True, parent=self)
        self._sentence.hide()
        self.form = FormPage(self)
        self.join_page = JoinPage(self)
        self.keyring = KeyringPage(self)
        self.account = AccountPage(self)
        self.leave = LeavePage(self)
        self._pages: tuple[QWidget, ...] = (
            self.form,
            self.join_page,
            self.keyring,
            self.account,
            self.leave,
        )
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(SPACE.hair)
        self._progress.setAccessibleName(self.tr("Asking Toggl"))
        self._progress.hide()
        self.other = self._button()
        self.cancel = self._button(self.tr("Cancel"))
        self.go = self._button(kind="primary")
        self.go.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.small)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.large)
        whole.setSpacing(SPACE.medium)
        whole.addWidget(self._title)
        for page in self._pages:  # no stack: Qt's knows no height that follows the width
            whole.addWidget(page, 1)
        whole.addWidget(self._sentence)
        whole.addWidget(self._progress)
        whole.addLayout(buttons)

    def _button(self, words: str = "", *, kind: str = "") -> QPushButton:
        made = QPushButton(words, self)
        made.setMinimumHeight(SIZE.control_height)
        made.setAutoDefault(False)
        if kind:
            mark(made, kind=kind)
        return made

    def _wire(self) -> None:
        self.go.clicked.connect(self._on_go_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.other.clicked.connect(self._on_other_clicked)
        self.form.edited.connect(self._on_form_edited)
        self.form.turned.connect(self._on_form_turned)
        self.account.home_chosen.connect(self._on_account_home_chosen)

    # What the program shows ---------------------------------------------------------------

    @property
    def page(self) -> Page:
        """Which question is asked."""
        return self._page

    @property
    def sentence(self) -> str:
        """What went wrong, as it is being said; empty when nothing did."""
        return "" if self._sentence.isHidden() else self._sentence.text()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._is_busy

    @property
    def is_untouched(self) -> bool:
        """Whether nothing of it would be lost by showing something else."""
        if self.page is Page.FORM:
            return not any(edit.text() for edit in self.form.fields)
        return self.page in {Page.ACCOUNT, Page.LEAVE}

    def show_form(self, sentence: str = "") -> None:
        """Asks how to sign in; the sentence says why it has to be asked again."""
        self._turn_to(Page.FORM, self.tr("Sign in to Toggl Track"), self.tr("Sign in"))
        self._say(sentence)
        self._refresh()
        self.form.take_keyboard()

    def show_found(self, found: Found) -> None:
        """Shows what joining would do, or signs in at once where there is nothing to decide."""
        self._found, self._how = found, None
        self._set_busy(is_busy=False)
        if found.preview is None:
            self._wish(TokenPlace.KEYRING)
            return
        self.join_page.show_preview(found.preview)
        title = self.tr("Welcome, {name}").format(name=found.account.name or found.account.email)
        self._turn_to(Page.JOIN, title, self.tr("Sign in"))
        self.join_page.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_keyring(self, sentence: str) -> None:
        """Says that the token cannot be kept; it can be tried again, or kept for this session."""
        self.keyring.show_sentence(sentence)
        title = self.tr("The token cannot be kept")
        self._turn_to(Page.KEYRING, title, self.tr("For this session only"))
        self.other.setText(self.tr("Try again"))
        self.other.show()
        announce(self, sentence)

    def show_account(self, state: AccountState, waiting: int = 0) -> None:
        """Shows who is signed in."""
        self.form.forget_secrets()
        self._found = None
        self.account.show_account(state, waiting)
        self._turn_to(Page.ACCOUNT, self.tr("Signed in to Toggl Track"), self.tr("Done"))
        self.other.setText(self.tr("Sign out"))
        mark(self.other, kind="danger")
        self.other.show()
        self.cancel.hide()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_leave(self, waiting: Waiting, sentence: str = "") -> None:
        """Asks what becomes of what waits before somebody signs out."""
        self.leave.show_waiting(waiting)
        self._turn_to(Page.LEAVE, self.tr("Sign out of Toggl Track"), self.tr("Go on"))
        self._say(sentence)
        self.leave.take_keyboard()

    def show_refusal(self, sentence: str) -> None:
        """Says why it was not done, on the page where it was asked for."""
        self._set_busy(is_busy=False)
        self._say(sentence)
        if self.page is Page.FORM:
            self.form.take_keyboard()

    def _turn_to(self, page: Page, title: str, verb: str) -> None:
        self._set_busy(is_busy=False)
        self._title.setText(title)
        for place, one in enumerate(self._pages):
            one.setVisible(place == page)
        self._page = page
        self._say("")
        self.go.setText(verb)
        self.go.setEnabled(True)
        self.cancel.show()
        self.other.hide()
        mark(self.other, kind="")
        self._fit()

    def _fit(self) -> None:
        """Makes the sheet as high as what is in view needs at this width."""
        page = self._pages[self._page]
        for part in (*reversed(page.findChildren(QWidget)), page):  # what is inside is asked first
            if (inner := part.layout()) is not None:
                inner.activate()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(self.width(), _LEAST)
            self.resize(width, layout.totalHeightForWidth(width))

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        was_hidden = self._sentence.isHidden()
        self._sentence.setVisible(bool(sentence))
        if was_hidden is bool(sentence):
            self._fit()
        if sentence:
            announce(self, sentence)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        was_busy = not self._progress.isHidden()
        self._progress.setVisible(is_busy)
        if was_busy is not is_busy:
            self._fit()
        self._pages[self._page].setEnabled(not is_busy)
        self.go.setEnabled(not is_busy)
        self.other.setEnabled(not is_busy)

    def _refresh(self) -> None:
        if self.page is Page.FORM:
            self.go.setEnabled(self.form.given is not None and not self._is_busy)

    # What a person does -------------------------------------------------------------------

    def _wish(self, place: TokenPlace) -> None:
        assert self._found is not None
        self._set_busy(is_busy=True)
        self._say("")
        self.join_requested.emit(Wish(self._found, self._how, place))

    def _on_form_edited(self) -> None:
        self._say("")
        self._refresh()

    def _on_account_home_chosen(self, workspace: str) -> None:
        self._say("")
        self.home_requested.emit(workspace)

    def _on_form_turned(self) -> None:
        self._say("")
        self._refresh()
        self._fit()

    def _on_go_clicked(self) -> None:
        if self._is_busy:
            return
        if self.page is Page.FORM:
            given = self.form.given
            if given is not None:
                self._set_busy(is_busy=True)
                self._say("")
                self.look_requested.emit(given)
        elif self.page is Page.JOIN:
            self._how = self.join_page.choice
            self._wish(TokenPlace.KEYRING)
        elif self.page is Page.KEYRING:
            self._wish(TokenPlace.SESSION)
        elif self.page is Page.LEAVE:
            self._set_busy(is_busy=True)
            self._say("")
            self.leave_requested.emit(self.leave.choice)
        else:
            self.accept()

    def _on_other_clicked(self) -> None:
        if self.page is Page.KEYRING:
            self._wish(TokenPlace.KEYRING)
        elif self.page is Page.ACCOUNT:
            self._set_busy(is_busy=True)
            self.sign_out_requested.emit()

    def _on_cancel_clicked(self) -> None:
        self.reject()

    @override
    def reject(self) -> None:
        """Esc and Cancel leave what is under way first, and close the sheet when nothing is."""
        was_busy = self._is_busy
        self.given_up.emit()
        if was_busy and self.page is Page.FORM:
            self._set_busy(is_busy=False)
            self._refresh()
            self.form.take_keyboard()
            return
        self.form.forget_secrets()
        self._found = None
        super().reject()
