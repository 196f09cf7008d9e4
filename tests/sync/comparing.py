"""The engine's decisions beside the reference model's: where the two differ, said in words.

Each takes what the engine was asked and what it answered, in its own words, and returns what the
model says otherwise; None where both agree. The rows drawn by chance and the histories ask alike.
"""

from tests.support import second_opinion as model
from toggl_desktop.domain.entities import KINDS
from toggl_desktop.store import bindings, tables
from toggl_desktop.sync.ties import plain

THINGS = ("project", "client")


def merge_differs(base, here, server, found):
    ours = model.merge(base, here, server)
    same = (found.values, found.theirs, found.ours) == tuple(ours)
    return None if same else f"merge {base=} {here=} {server=}: {found} {ours}"


def wanted_differs(source, ties, one, bound, found):
    """What is unsent; `source` is asked for what is deleted here and yet to be told."""
    base = None if bound.base is None else plain(bound.base)
    here = ties.out(one)
    standing = model.Standing(bound.rid is not None, base, here, one.deleted, bound.gone)
    goes = () if base is None or one.deleted else _goes(source, ties, base, here)
    ours = model.wanted(standing, goes, is_client=bound.kind == "client")
    return None if found == ours else f"wanted {standing} {goes=}: {found} {ours}"


def _goes(source, ties, base, here):
    """Returns what is deleted here of all that a row pointed to."""
    lost = [(kind, base[kind]) for kind in THINGS if base.get(kind) and not here.get(kind)]
    lost += [("tag", tag) for tag in base.get("tags", ()) if tag not in here["tags"]]
    return [(kind, rid) for kind, rid in lost if _is_deleted(source, kind, ties.lid(kind, rid))]


def _is_deleted(source, kind, lid):
    one = tables.get(source, KINDS[kind], lid) if lid else None
    bound = bindings.get(source, "track", kind, lid) if lid else None
    return bool(one and one.deleted and bound and bound.hold is None)


def match_differs(drafts, rows, found):
    """Whose rows they are.

    The product differs from the model on purpose in one thing: it looks through all rows for the
    very one first. Row by row, a look-alike with a lower number would have a create held, and its
    own row would then be taken for another entry: a person would be asked about nothing.
    """
    lost = [model.Lost(*one) for one in drafts]
    unknown = [model.Unknown(*row) for row in rows]
    very = _very_ones(lost, unknown)
    first = [row for row in unknown if row.rid in very]
    ours = model.match(lost, [*first, *(row for row in unknown if row not in first)])
    same = (found.adopted, found.unsure) == tuple(ours)
    return None if same else f"match {lost} {unknown}: {found} {ours}"


def _very_ones(lost, rows):
    """Returns the rows that are just what was sent, once nothing is held."""
    free, found = list(lost), set()
    for row in rows:
        alone = (one for one in free if model.match([one], [row]).adopted)
        if (one := next(alone, None)) is not None:
            found.add(row.rid)
            free.remove(one)
    return found


def ends_differ(running, starts, found):
    ours = model.ends([model.Running(*one) for one in running], starts)
    return None if found == ours else f"ends {running} {starts}: {found} {ours}"


def fate_differs(known, server, found, *, deleted, lists, by_a_person):
    """What a deletion on either side does to a row; see `Fate`."""
    if known.gone and lists and not deleted:
        ours = model.listed(known, server, by_a_person=by_a_person)
    else:
        ours = model.told(known, server, deleted=deleted)
    return None if found == ours else f"fate {known} {server} {deleted=}: {found} {ours}"


def miss_differs(known, found):
    ours = model.missed(known)
    return None if found == ours else f"missed {known}: {found} {ours}"


def row(source, kind, lid):
    """Returns a row as it is on disk, deleted or not."""
    return tables.get(source, KINDS[kind], lid)


def known(bound, here, one, attempt):
    """Returns a row as the model wants to know it, from the engine's own words."""
    base = None if bound.base is None else plain(bound.base)
    op, sent = (None, {}) if attempt is None else (attempt.op, plain(attempt.payload))
    return model.Known(base, here, one.deleted, bound.gone, op, sent)


def fate(one, bound, shelved):
    """Returns what has become of a row: as it is now, its tie, and what was put aside of it."""
    trash, ours, question = (
        next((content for reason, content in shelved if reason == wanted), None)
        for wanted in ("trash", "deleted elsewhere", "undeleted")
    )
    is_anew = not one.deleted and bound.rid is None
    return model.Fate(not one.deleted, is_anew, trash, ours, question)
