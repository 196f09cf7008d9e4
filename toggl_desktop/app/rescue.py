"""What a person is offered when the store cannot be opened."""

from pathlib import Path

from toggl_desktop.app import screen
from toggl_desktop.app.quit import Quit
from toggl_desktop.domain.errors import StoreDamagedError, StoreError
from toggl_desktop.store import recovery
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.ui import dialogs

_RESTORE, _FRESH = 0, 1


async def offered(place: Place, error: StoreError, quitting: Quit) -> Store | None:
    """Says what is wrong, offers what can be done, does it; None when the program is to end."""
    screen.tell(error.sentence)
    if not isinstance(error, StoreDamagedError):
        box = dialogs.question(None, "Toggl Desktop", error.sentence, ("Quit",))
        quitting.requested.connect(box.reject)
        await dialogs.ask(box)
        return None
    first = "Restore the backup" if error.backup else "Bring back the edits"
    choices = (first, "Start empty", "Quit")
    box = dialogs.question(None, "Toggl Desktop", error.sentence, choices)
    quitting.requested.connect(box.reject)
    await dialogs.ask(box)
    answer = dialogs.chosen(box, choices)
    if answer not in (_RESTORE, _FRESH):
        return None
    backup = Path(error.backup) if error.backup and answer == _RESTORE else None
    try:
        recovery.recover(place, backup, fresh=answer == _FRESH)
        return Store(place)
    except StoreError as second:
        screen.tell(second.sentence)
        return None
