"""What is there when somebody begins: nothing at all, or sample data."""

from toggl_desktop.domain.ids import SAMPLE
from toggl_desktop.store.source import Source


def has_sample(source: Source) -> bool:
    """Tells whether there is sample data."""
    found = source.value(
        """SELECT EXISTS (SELECT 1 FROM time_entry WHERE deleted = 0 AND lid > ? AND lid < ?)
               OR EXISTS (SELECT 1 FROM project WHERE deleted = 0 AND lid > ? AND lid < ?)""",
        (SAMPLE, f"{SAMPLE}~") * 2,
    )
    return bool(found)


def is_untouched(source: Source) -> bool:
    """Tells whether nothing was ever done with this store."""
    return source.value("SELECT 1 FROM step LIMIT 1") is None
