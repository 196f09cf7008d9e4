"""What is kept can be read as a list, and is gone after it was asked for."""

from tests.support.builders import NOW, entry, load, make_place, make_store
from toggl_desktop.app import belongings, care
from toggl_desktop.app.belongings import parts_of, tokens_of
from toggl_desktop.domain.accounts import Account, TokenPlace
from toggl_desktop.store import accounts, backup, schema
from toggl_desktop.system.keyring import Condition, KeyringState


def test_the_list_names_every_part_with_its_size(tmp_path):
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 60))
        backup.make(store, NOW)
        lines = parts_of(make_place(tmp_path), store.source)
    assert any(line.startswith("toggl.sqlite3, ") for line in lines)
    assert any(line.startswith("backups, ") and line.endswith("KB") for line in lines)
    assert not any("token" in line for line in lines)


def test_a_token_in_the_keyring_is_listed_and_forgotten_with_the_rest(tmp_path, monkeypatch):
    somebody = Account(7, "ann@example.test", "Ann", 1, "Demo", "https://x", TokenPlace.KEYRING)
    with make_store(tmp_path) as store:
        with store.transaction("Sign in", NOW) as tx:
            accounts.remember(tx, "track", somebody)
        assert parts_of(store.place, store.source)[-1] == (
            "the token of ann@example.test in the keyring"
        )
        tokens, place = tokens_of(store.place, store.source), store.place
        assert tokens == [f"track/{schema.meta(store.source, schema.STORE_ID)}"]
    forgotten, said = [], []
    monkeypatch.setattr(belongings.logging, "shutdown", lambda: None)
    monkeypatch.setattr(belongings.logging, "disable", lambda: None)
    monkeypatch.setattr(belongings.screen, "tell", said.append)
    state = KeyringState(Condition.READY, "x", "")
    monkeypatch.setattr(belongings.keyring, "forget", lambda name: forgotten.append(name) or state)
    belongings.erase_all(place, tokens)
    assert (forgotten, said) == (tokens, [])
    assert not place.database.exists()
    late = KeyringState(Condition.SLOW, "x", "The keyring did not answer.")
    monkeypatch.setattr(belongings.keyring, "forget", lambda _name: late)
    belongings.erase_all(place, tokens)
    assert said[0].startswith("The keyring did not answer. The token in it was not removed")


def test_a_sound_store_needs_no_repair(tmp_path):
    make_store(tmp_path).close()
    assert care.check(make_place(tmp_path)) is None


def test_damage_found_at_the_start_becomes_a_sentence_for_the_window(tmp_path):
    with make_store(tmp_path) as store:
        load(store, *(entry(f"e{i}", NOW + i * 60, NOW + i * 60 + 30) for i in range(400)))
    place = make_place(tmp_path)
    pages = place.database.read_bytes()
    middle = len(pages) // 2 // 4096 * 4096
    place.database.write_bytes(pages[:middle] + bytes(8192) + pages[middle + 8192 :])
    told = care.check(place)
    assert told is not None
    assert "damaged" in told
