"""Secrets that cannot be printed by accident."""

from typing_extensions import override


class Secret:
    """A text that shows itself to nobody who does not ask by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Returns the text; keep it no longer than needed."""
        return self._text

    @override
    def __repr__(self) -> str:
        return "Secret(…)"

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    @override
    def __hash__(self) -> int:
        return hash(self._text)

    def __bool__(self) -> bool:
        return bool(self._text)
