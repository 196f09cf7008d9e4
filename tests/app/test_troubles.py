"""The problems page with the real store: what is decided is done, what is refused is said."""

import pytest
from PySide6.QtCore import QLocale, QObject, Signal

from tests.support.builders import NOW, FakeClock, entry, load, make_store
from toggl_desktop.app.troubles import Troubles
from toggl_desktop.domain.accounts import Account, TokenPlace
from toggl_desktop.domain.settings import Settings
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.store import accounts, attempts, bindings
from toggl_desktop.store.bindings import Binding
from toggl_desktop.system.zone import local_zone
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme

pytestmark = pytest.mark.ui


class Windows(QObject):
    problems_requested = Signal()
    account_requested = Signal()

    def __init__(self):
        super().__init__()
        self.edited = []

    def edit_entry(self, lid):
        self.edited.append(lid)


class Online:
    """Stands in for itself and for its sync."""

    def __init__(self):
        self.syncing = self
        self.calls = []

    def wake(self):
        self.calls.append("wake")

    def confirm(self):
        self.calls.append("confirm")


class Preferences:
    now = Settings()


@pytest.fixture
def desk(tmp_path, qapp):
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    store = make_store(tmp_path)
    bridge = Bridge()
    load(store, entry("e1", NOW - 600, NOW - 60, description="Call"))
    with store.transaction("Sync", NOW) as tx:
        hold = {"reason": "refused", "text": "no"}
        tx.bindings.append(Binding("track", "time_entry", "e1", hold=hold))
    context = Context(
        store.source, None, FakeClock(), local_zone, Preferences(), bridge, Theme(), None
    )
    windows, online = Windows(), Online()
    troubles = Troubles(context, store, online, windows, windows)
    windows.problems_requested.emit()
    yield troubles, store, windows, online, bridge
    troubles.close()
    store.close()


def test_what_is_decided_is_done_and_goes_from_the_page(desk):
    troubles, store, *_ = desk
    (card,) = troubles.page.cards
    card.buttons[1].click()
    assert troubles.page.cards == []
    bound = bindings.get(store.source, "track", "time_entry", "e1")
    assert (bound.hold, bound.unsent) == (None, True)


def test_what_was_settled_meanwhile_is_said_and_nothing_is_done_twice(desk):
    troubles, store, *_ = desk
    (card,) = troubles.page.cards
    with store.transaction("Sync", NOW) as tx:
        tx.bindings.append(Binding("track", "time_entry", "e1"))
    card.buttons[1].click()
    assert "settled already" in troubles.page._refused.text()


def test_editing_syncing_and_agreeing_lead_where_they_say(desk):
    troubles, _, windows, online, bridge = desk
    troubles.page.cards[0].buttons[0].click()
    assert windows.edited == ["e1"]
    bridge.show_sync(SyncState(Phase.OFFLINE))
    assert "cannot be reached" in troubles.page.standing
    troubles.page.sync.click()
    troubles.page.agree.click()
    assert online.calls == ["wake", "confirm"]


def test_so_much_waits_that_a_file_is_offered_and_then_asked_for(desk, tmp_path):
    troubles, store, _, online, _ = desk
    account = Account(5001, "me@example.com", "Me", 7001, "Work", "", TokenPlace.KEYRING)
    many = [entry(f"w{n}", NOW - 9000 - 700 * n, NOW - 8900 - 700 * n) for n in range(200)]
    load(store, *many)
    with store.transaction("Sync", NOW) as tx:
        accounts.remember(tx, "track", account)
        tx.bindings += [Binding("track", "time_entry", one.lid) for one in many]
    handing = troubles.page.handing
    troubles.show()
    assert "import is quicker" in handing.sentence
    assert handing.isVisible()
    handing.button.click()
    assert troubles.files.isVisible()
    troubles.files.reject()
    troubles.hand_over(tmp_path / "out.csv")
    assert "200 entries are in the file" in handing.sentence
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 201
    handing.button.click()
    assert online.calls == ["wake"]
    assert all("handed" not in one.payload for one in attempts.outstanding(store.source, "track"))
    assert troubles.page.handing.isHidden() or "quicker" in handing.sentence
