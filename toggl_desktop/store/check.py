"""The form of a question that `doctor` asks."""

from typing import NamedTuple


class Check(NamedTuple):
    """Something that must never be: its words, with a place for the number, and how to count it."""

    words: str
    sql: str
