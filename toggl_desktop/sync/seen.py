"""When what is there was seen last, by the clock that counts suspend."""


class Seen:
    """Remembers it for one account, while the program runs.

    Attributes:
        account: When all its entries were asked for; None before the first time.
        names: When clients, projects, tags and tasks were.
    """

    def __init__(self) -> None:
        self.account: float | None = None
        self.names: float | None = None
        self._glanced: dict[int, float] = {}

    def glance(self, workspace: int, asked: float) -> None:
        """A glance at a workspace, asked for then, showed no entry that is not known here."""
        self._glanced[workspace] = asked

    def entries(self, workspace: int) -> float | None:
        """Returns when the entries of a workspace, by its number, were seen last."""
        found = (self.account, self._glanced.get(workspace))
        return max((at for at in found if at is not None), default=None)
