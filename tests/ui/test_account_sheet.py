"""The sign-in sheet: every state said in place, every step left with Esc, no secret kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.ui.conftest import settle
from toggl_desktop.domain.accounts import (
    Account,
    AccountState,
    Found,
    Given,
    Join,
    Matched,
    Preview,
    SignIn,
    TokenPlace,
    merge_sentences,
)
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.ui.account.signin import Page, SignInSheet

pytestmark = pytest.mark.ui
TOKEN = "0123456789abcdef0123456789abcdef"
ANN = Account(
    5001, "ann@example.com", "Ann Lund", 7001, "Northwind", "https://x", TokenPlace.KEYRING
)
WORK = Preview("Northwind", {"project": Matched(1, 2)}, entries_new=60, entries_older=3)


@pytest.fixture
def sheet(theme):
    made = SignInSheet()
    made.open()
    settle()
    yield made
    made.hide()
    made.deleteLater()


def press(widget, key):
    QTest.keyClick(widget, key)
    settle()


def shown(sheet):
    """All words in view."""
    return " ".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def test_a_token_typed_and_enter_asks_the_server(sheet):
    asked = QSignalSpy(sheet.look_requested)
    assert not sheet.go.isEnabled()
    assert sheet.form.token.hasFocus()
    QTest.keyClicks(sheet.form.token, f" {TOKEN} ")
    press(sheet.form.token, Qt.Key.Key_Return)
    assert asked.at(0)[0] == Given(Secret(TOKEN))
    assert sheet.is_busy
    assert not sheet.go.isEnabled()
    press(sheet, Qt.Key.Key_Return)
    assert asked.count() == 1


def test_secrets_are_not_shown_while_they_are_typed(sheet):
    for edit in (sheet.form.token, sheet.form.password):
        assert edit.echoMode() is QLineEdit.EchoMode.Password
        assert edit.accessibleName()
    assert sheet.form.email.echoMode() is QLineEdit.EchoMode.Normal


def test_e_mail_and_password_go_together(sheet):
    asked = QSignalSpy(sheet.look_requested)
    sheet.form.tabs.setCurrentIndex(1)
    settle()
    assert sheet.form.email.hasFocus()
    QTest.keyClicks(sheet.form.email, "ann@example.com")
    assert not sheet.go.isEnabled()
    QTest.keyClicks(sheet.form.password, "correct horse ")
    sheet.go.click()
    assert asked.at(0)[0] == Given(Secret("correct horse "), "ann@example.com")


def test_a_refusal_is_said_in_place_and_goes_when_something_is_typed(sheet):
    QTest.keyClicks(sheet.form.token, TOKEN)
    sheet.go.click()
    sheet.show_refusal("Toggl does not know this token.")
    assert sheet.sentence == "Toggl does not know this token."
    assert not sheet.is_busy
    assert sheet.form.token.text() == TOKEN
    assert sheet.form.token.hasFocus()
    QTest.keyClicks(sheet.form.token, "x")
    assert sheet.sentence == ""


def test_esc_gives_up_what_is_under_way_first_and_closes_then(sheet):
    given_up = QSignalSpy(sheet.given_up)
    QTest.keyClicks(sheet.form.token, TOKEN)
    sheet.go.click()
    press(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert not sheet.is_busy
    assert sheet.form.token.text() == TOKEN
    press(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert given_up.count() == 2
    assert sheet.form.token.text() == ""


def test_where_nothing_is_to_be_decided_nothing_is_asked(sheet):
    joined = QSignalSpy(sheet.join_requested)
    sheet.show_found(Found(ANN, Secret(TOKEN)))
    (wish,) = joined.at(0)
    assert (wish.how, wish.place) == (None, TokenPlace.KEYRING)
    assert sheet.is_busy


def test_local_work_is_previewed_and_decided(sheet):
    joined = QSignalSpy(sheet.join_requested)
    sheet.show_found(Found(ANN, Secret(TOKEN), WORK))
    settle()
    assert sheet.page is Page.JOIN
    for sentence in merge_sentences(WORK):
        assert sentence in shown(sheet)
    assert sheet.join_page.merge.hasFocus()
    assert merge_sentences(WORK)[0] in sheet.join_page.merge.accessibleDescription()
    press(sheet.join_page.merge, Qt.Key.Key_Down)
    sheet.go.click()
    assert joined.at(0)[0].how is Join.APART


def test_a_preview_is_as_high_as_its_words(sheet):
    sheet.show_found(Found(ANN, Secret(TOKEN), WORK))
    settle()
    high = sheet.height()
    sheet.show_account(AccountState(SignIn.READY, ANN))
    settle()
    assert sheet.height() < high


def test_a_keyring_that_refuses_offers_again_or_this_session(sheet):
    joined = QSignalSpy(sheet.join_requested)
    sheet.show_found(Found(ANN, Secret(TOKEN)))
    sheet.show_keyring("The keyring is locked and was not unlocked. Unlock it and try again.")
    assert sheet.page is Page.KEYRING
    assert "is locked" in shown(sheet)
    sheet.other.click()
    assert joined.at(1)[0].place is TokenPlace.KEYRING
    sheet.show_keyring("Still locked.")
    sheet.go.click()
    assert joined.at(2)[0].place is TokenPlace.SESSION


def test_who_is_signed_in_and_what_waits(sheet):
    out = QSignalSpy(sheet.sign_out_requested)
    sheet.show_account(AccountState(SignIn.READY, ANN), 3)
    assert "ann@example.com" in sheet.account.words
    assert "3 waiting to send" in sheet.account.words
    assert not sheet.cancel.isVisible()
    sheet.other.click()
    assert out.count() == 1


def test_remote_names_are_plain_text(sheet):
    evil = Account(1, "a", "<img src=file:///x>", 1, "<b>w</b>", "", TokenPlace.SESSION)
    sheet.show_account(AccountState(SignIn.READY, evil))
    assert "<img src=file:///x>" in shown(sheet)


def test_every_control_has_a_name_and_can_be_reached_by_tab(sheet):
    QTest.keyClicks(sheet.form.token, "x")
    reached = set()
    for _ in range(12):
        widget = sheet.focusWidget()
        reached.add(widget)
        assert widget.accessibleName() or widget.text()
        press(widget, Qt.Key.Key_Tab)
    assert {sheet.form.tabs, sheet.form.token, sheet.go, sheet.cancel} <= reached


def test_the_proxy_and_the_extra_authority_in_force_are_said(sheet):
    way = AccountState(SignIn.READY, ANN, "", "proxy.example:3128", "/etc/company.pem")
    sheet.show_account(way)
    assert "By way of the proxy proxy.example:3128." in sheet.account.words
    assert "/etc/company.pem" in sheet.account.words


def test_the_sheet_is_as_high_as_what_is_in_view(sheet):
    def is_whole():
        return all(
            one.height() >= one.heightForWidth(one.width())
            for one in sheet.findChildren(QLabel)
            if one.isVisible() and one.wordWrap()
        )

    sheet.form.tabs.setCurrentIndex(1)
    settle()
    assert is_whole()
    sheet.show_account(AccountState(SignIn.READY, ANN))
    settle()
    low = sheet.height()
    long = replace(ANN, name="A very long name " * 9, email="somebody@" + "department." * 9)
    sheet.show_account(
        AccountState(SignIn.READY, long, proxy="http://proxy:3128", authority="/a.pem"), 7
    )
    settle()
    assert is_whole()
    assert sheet.height() > low
    assert sheet.width() == 480


def test_who_turns_to_the_other_way_by_the_arrows_goes_on_choosing(sheet):
    sheet.form.tabs.setFocus()
    press(sheet.form.tabs, Qt.Key.Key_Right)
    assert sheet.form.tabs.currentIndex() == 1
    assert sheet.form.tabs.hasFocus()
    press(sheet.form.tabs, Qt.Key.Key_Tab)
    assert sheet.form.email.hasFocus()


def test_where_new_entries_go_is_chosen_by_keys_where_there_is_a_choice(sheet):
    chosen = QSignalSpy(sheet.home_requested)
    sheet.show_account(AccountState(SignIn.READY, ANN, homes={"local": "Northwind"}, home="local"))
    settle()
    assert not sheet.account.homes.isVisible()
    assert "go to the workspace “Northwind”" in shown(sheet)
    both = {"bakers": "Bakers <b>&</b>", "local": "Northwind"}
    sheet.show_account(AccountState(SignIn.READY, ANN, homes=both, home="local"))
    settle()
    homes = sheet.account.homes
    assert (homes.currentText(), homes.itemText(0)) == ("Northwind", "Bakers <b>&</b>")
    assert homes.accessibleName()
    homes.setFocus()
    press(homes, Qt.Key.Key_Up)
    assert chosen.at(0)[0] == "bakers"
    assert sheet.isVisible()
