"""What a part of the panel wants changed."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Edit:
    """Fields of the thing that is edited, with what they are to be."""

    fields: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, **fields: Any) -> "Edit":  # noqa: ANN401 - what a command takes
        """Returns an edit of the named fields."""
        return cls(tuple(fields.items()))


@dataclass(frozen=True, slots=True)
class Make:
    """Something is to be made and chosen.

    Attributes:
        kind: What it is.
        name: What it is called.
    """

    kind: Literal["project", "segment", "status", "plan_tag", "member"]
    name: str
