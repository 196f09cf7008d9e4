"""The search for secrets finds what it should."""

import base64

from tests.support.secrets import MARK, SECRETS, leaks

TOKEN = SECRETS["track-token-0"]


def test_there_are_forty_different_secrets():
    assert len(set(SECRETS.values())) == 40
    assert all(MARK in secret for secret in SECRETS.values())


def test_a_clean_place_is_clean(tmp_path):
    (tmp_path / "log").write_text("nothing to see")
    assert leaks([tmp_path, "a sentence", tmp_path / "missing"]) == []


def test_a_secret_is_found_in_files_names_and_texts(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "db").write_bytes(b"\0" + TOKEN.encode() + b"\0")
    (tmp_path / TOKEN).touch()
    found = leaks([tmp_path, f"Authorization: {TOKEN}"])
    assert len(found) == 3


def test_a_secret_is_found_in_its_disguises(tmp_path):
    basic = base64.b64encode(f"{TOKEN}:api_token".encode()).decode()
    assert leaks([f"Basic {basic}"])
    assert leaks([TOKEN.encode("utf-16-le")])
