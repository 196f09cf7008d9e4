"""Notes as they come: plain text, or Toggl's rich text, a Quill delta in JSON.

A delta is shown as plain text. It is written back as it came unless a person changed the text, and
then what stayed of it keeps its form.
"""

import json
from typing import Any


def is_rich(notes: str) -> bool:
    """Whether notes are a delta."""
    return _operations(notes) is not None


def plain_notes(notes: str) -> str:
    """Returns notes as plain text, without a last empty line."""
    operations = _operations(notes)
    if operations is None:
        return notes
    parts = [_text(one) for one in operations]
    return "".join(parts).removesuffix("\n")


def with_text(notes: str, text: str) -> str:
    """Returns notes that say `text` in the form that they came in.

    Of a delta the beginning and the end that are still there keep their form.
    """
    operations = _operations(notes)
    if operations is None or text == plain_notes(notes):
        return text if operations is None else notes
    if not text.strip():
        return ""
    old = "".join(_text(one) for one in operations)
    new = text if text.endswith("\n") else text + "\n"
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    made = _cut(operations, 0, head)
    if middle := new[head : len(new) - tail]:
        made.append({"insert": middle})
    made += _cut(operations, len(old) - tail, len(old))
    return json.dumps({"ops": made}, ensure_ascii=False, separators=(",", ":"))


def _operations(notes: str) -> list[dict[str, Any]] | None:
    if not notes.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(notes)
    except (ValueError, RecursionError):
        return None
    operations = found.get("ops") if isinstance(found, dict) else None
    if not isinstance(operations, list) or not all(isinstance(o, dict) for o in operations):
        return None
    return operations


def _text(operation: dict[str, Any]) -> str:
    """Returns what an operation inserts; a picture or the like is one sign."""
    insert = operation.get("insert")
    if isinstance(insert, str):
        return insert
    return "\ufffc" if insert is not None else ""


def _cut(operations: list[dict[str, Any]], low: int, high: int) -> list[dict[str, Any]]:
    """Returns the operations for a stretch of the text."""
    found = []
    at = 0
    for one in operations:
        text = _text(one)
        begin, end = max(low, at), min(high, at + len(text))
        if begin < end:
            whole = end - begin == len(text)
            found.append(one if whole else {**one, "insert": text[begin - at : end - at]})
        at += len(text)
    return found
