"""The house rules that only a look at the syntax tree can tell: lines of a file that break one.

Every rule exists because of a probe or a bug (ARCHITECTURE.md names them); none is here on faith.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache

STATEMENT = (
    r"\bSELECT\b.*\bFROM\b|\bINSERT\b.*\bINTO\b|\bUPDATE\b.*\bSET\b|\bDELETE FROM\b"
    r"|^\s*(WHERE|AND|OR|ORDER BY|GROUP BY|LIMIT|VALUES)\b"
)
SILENT = r"\b(INSERT|UPDATE)\s+OR\s+(REPLACE|IGNORE)\b|\bREPLACE\s+INTO\b"
NAMES_ONLY = "# sql: names only"
Lines = Iterator[int]


def name(node: ast.AST) -> str:
    """The last word of `a.b.c` or of a call of it."""
    if isinstance(node, ast.Call):
        return name(node.func)
    return getattr(node, "attr", getattr(node, "id", ""))


@cache
def tree(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text)))


def nodes(text: str, *kinds: type) -> Iterator[ast.AST]:
    return (node for node in tree(text) if isinstance(node, kinds))


def calls(text: str, *names: str) -> Iterator[ast.Call]:
    return (node for node in nodes(text, ast.Call) if name(node) in names)


def nested_loops(text: str) -> Lines:
    """`.exec()` stops every task that wakes meanwhile, for ever."""
    found = calls(text, "exec", "exec_", "processEvents")
    return (call.lineno for call in found if isinstance(call.func, ast.Attribute))


def kept_alive_slots(text: str) -> Lines:
    """A lambda or partial in `.connect` fires after its widget has died."""
    for call in calls(text, "connect"):
        if any(isinstance(a, ast.Lambda) or name(a) == "partial" for a in call.args):
            yield call.lineno


def await_in_transaction(text: str) -> Lines:
    for block in nodes(text, ast.With, ast.AsyncWith):
        if any("transaction" in name(item.context_expr) for item in block.items):
            waits = (ast.Await, ast.AsyncFor, ast.AsyncWith)
            yield from (
                n.lineno for part in block.body for n in ast.walk(part) if isinstance(n, waits)
            )


def detached_tasks(text: str) -> Lines:
    """Only app/tasks.py keeps the reference that a task needs to live; a TaskGroup does too."""
    groups = {
        name(item.optional_vars)
        for block in nodes(text, ast.AsyncWith)
        for item in block.items
        if name(item.context_expr) == "TaskGroup" and item.optional_vars
    }
    for call in calls(text, "create_task", "ensure_future"):
        if name(getattr(call.func, "value", call)) not in groups:
            yield call.lineno


def narrow_signals(text: str) -> Lines:
    """`Signal(int)` cut a remote id to 32 bits, `Signal(dict)` lost its keys."""
    for call in calls(text, "Signal"):
        if not all(name(a) == "object" or re.match("Q[A-Z]", name(a)) for a in call.args):
            yield call.lineno


def silent_sql(text: str) -> Lines:
    """`INSERT OR …` deletes rows behind the journal's back, or swallows a broken rule."""
    docs = {id(node.value) for node in nodes(text, ast.Expr)}
    for node in nodes(text, ast.Constant):
        if re.search(SILENT, str(node.value), re.IGNORECASE) and id(node) not in docs:
            yield node.lineno


def is_fixed(node: ast.AST) -> bool:
    """Whether a part of a text is ours: a literal, or a constant of the module by its capitals."""
    if isinstance(node, ast.JoinedStr):
        return all(is_fixed(value) for value in node.values)
    node = node.value if isinstance(node, ast.FormattedValue) else node
    return isinstance(node, ast.Constant) or name(node).isupper()


def is_built(node: ast.AST) -> bool:
    """Whether a statement's text is put together from something that is not fixed."""
    parts: list[ast.AST] = []
    if isinstance(node, ast.JoinedStr):
        parts = list(node.values)
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.Call) and name(node) == "format":
        parts = [getattr(node.func, "value", node), *node.args, *(k.value for k in node.keywords)]
    whole = "".join(str(getattr(part, "value", "?")) for part in parts)
    return bool(re.search(STATEMENT, whole, re.DOTALL)) and not all(map(is_fixed, parts))


def own(statement: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement without those of the statements inside it."""
    for child in ast.iter_child_nodes(statement):
        if not isinstance(child, ast.stmt):
            yield child
            yield from own(child)


def built_sql(text: str) -> Lines:
    """Values are parameters; a statement with other names in it says so in a comment."""
    lines = text.splitlines()
    for statement in nodes(text, ast.stmt):
        if any(map(is_built, own(statement))):
            inside = getattr(statement, "body", None)
            last = inside[0].lineno - 1 if inside else statement.end_lineno
            if not any(NAMES_ONLY in line for line in lines[max(statement.lineno - 2, 0) : last]):
                yield statement.lineno


def dangerous(text: str) -> Lines:
    """What runs text, and what takes any certificate."""
    for call in nodes(text, ast.Call):
        plain = isinstance(call.func, ast.Name) and call.func.id in {"eval", "exec"}
        owner = name(getattr(call.func, "value", call))
        spoken = f"{owner}.{name(call)}" in {"os.system", "os.popen", "yaml.load", "pickle.loads"}
        switches = {(k.arg, getattr(k.value, "value", None)) for k in call.keywords}
        if plain or spoken or switches & {("shell", True), ("verify", False)}:
            yield call.lineno
    for node in nodes(text, ast.Import, ast.ImportFrom):
        modules = {alias.name for alias in node.names} | {getattr(node, "module", None)}
        if modules & {"pickle", "marshal", "shelve", "yaml", "dill"}:
            yield node.lineno
    for node in nodes(text, ast.Attribute, ast.Name):
        if name(node) in {"CERT_NONE", "_create_unverified_context"}:
            yield node.lineno


def rich_labels(text: str) -> Lines:
    """A raw label guesses rich text and loads the pictures it names."""
    yield from (call.lineno for call in calls(text, "QLabel"))
    for made in nodes(text, ast.ClassDef):
        yield from (base.lineno for base in made.bases if name(base) == "QLabel")


def bound(function: ast.AST, word: str) -> Iterator[ast.AST]:
    """What a local name may stand for: assigned to it, or listed for the loop that sets it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and word in map(name, node.targets):
            yield node.value
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
            place = [name(target) for target in node.target.elts]
            if word in place:
                rows = getattr(node.iter, "elts", [node.iter])
                at = place.index(word)
                yield from (r.elts[at] if isinstance(r, ast.Tuple) else r for r in rows)


def is_ours(function: ast.AST, said: ast.AST) -> bool:
    """Whether a text is a literal, a translation of one, or has been made plain."""
    if isinstance(said, ast.IfExp):
        return is_ours(function, said.body) and is_ours(function, said.orelse)
    if isinstance(said, ast.Name):
        found = list(bound(function, said.id))
        return bool(found) and all(is_ours(function, value) for value in found)
    if name(said) == "tr":
        return all(isinstance(argument, ast.Constant) for argument in said.args)
    return isinstance(said, ast.Constant) or name(said) in {"plain", "tooltip"}


def rich_tooltips(text: str) -> Lines:
    """What others wrote comes into a tooltip through `plain(...)` or `tooltip(...)` only."""
    scopes = nodes(text, ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)  # the outer ones first
    within = {node: scope for scope in scopes for node in ast.walk(scope)}
    for call in calls(text, "setToolTip", "showText", "setWhatsThis"):
        said = call.args[1] if name(call) == "showText" else call.args[0]
        if not is_ours(within[call], said):
            yield call.lineno


Rule = Callable[[str], Lines]
EVERYWHERE: tuple[Rule, ...] = (
    nested_loops, kept_alive_slots, await_in_transaction, detached_tasks, narrow_signals,
    silent_sql, built_sql, dangerous, rich_labels, rich_tooltips,
)  # fmt: skip
EXCEPT: dict[Rule, str] = {detached_tasks: "app/tasks.py", rich_labels: "ui/widgets/"}
