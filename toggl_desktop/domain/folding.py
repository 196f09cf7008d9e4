"""Text as it is compared and searched: without case, without accents."""

import unicodedata

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Returns the text without case and accents: `Ünïcode` and `unicode` are one."""
    if text.isascii():
        return text.lower()
    # twice: “㎒” becomes letters only when taken apart, and those have case again
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


def same_name(one: str, other: str) -> bool:
    """Tells whether the servers take two names for one: case does not count, accents do."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """Returns what two names have in common when the servers take them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
