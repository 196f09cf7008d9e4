"""The house keeps its rules, and each rule can fail: the planted lines are caught, others not."""

from pathlib import Path

import pytest

from tests.house import rules

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "toggl_desktop"

# For each rule: what it must catch, and what looks alike and is right.
PLANTED = {
    rules.nested_loops: (
        ["dialog.exec()", "menu.exec_(p)", "app.processEvents()"],
        ["dialog.open()", "connection.execute(sql)"],
    ),
    rules.kept_alive_slots: (
        ["a.clicked.connect(lambda: b())", "a.b.connect(partial(f), x)", "s.connect(t.partial(f))"],
        ["a.clicked.connect(self._on_clicked)", "sqlite3.connect(path)"],
    ),
    rules.await_in_transaction: (
        [
            "async def f():\n with s.transaction() as t:\n  if t: await g()",
            "async def f():\n with a, transaction(s):\n  async for x in y: pass",
        ],
        ["async def f():\n with s.transaction(): g()\n await h()"],
    ),
    rules.detached_tasks: (
        ["asyncio.create_task(f())", "loop.create_task(f())", "ensure_future(f())"],
        ["async def f():\n async with asyncio.TaskGroup() as g: g.create_task(h())"],
    ),
    rules.narrow_signals: (
        ["s = Signal(int)", "s = Signal(dict)", "s = QtCore.Signal(str, int)"],
        ["s = Signal()", "s = Signal(object)", "s = Signal(QSize)", "s = Signal(QtCore.QPoint)"],
    ),
    rules.silent_sql: (
        ["q = 'INSERT OR REPLACE INTO a VALUES (?)'", "q = 'insert or\\n ignore into a'"],
        ["'''Never INSERT OR REPLACE.'''", "q = 'INSERT INTO a VALUES (?)'", "q = 'or replace'"],
    ),
    rules.built_sql: (
        [
            "run(f'SELECT a FROM {table}')",
            "run('SELECT a FROM b WHERE c = %s' % value)",
            "run('DELETE FROM {}'.format(table))",
            "q = 'UPDATE a SET b = ' + value",
            "if f'WHERE {x}':\n pass  # sql: names only",
            "with f() as g:\n run(f'INSERT INTO a ({b})')",
        ],
        [
            "run(f'SELECT a FROM {table}')  # sql: names only",
            "# sql: names only\nrun(\n f'SELECT a FROM {table}'\n)",
            "run(f'SELECT {_COLUMNS} FROM a' + _WHERE, (b,))",
            "say(f'{n} entries selected from {m}')",
        ],
    ),
    rules.dangerous: (
        [
            "eval(x)", "exec(x)", "os.system(x)", "run(x, shell=True)", "import pickle",
            "from yaml import load", "Client(verify=False)", "c.verify_mode = ssl.CERT_NONE",
        ],
        ["literal_eval(x)", "run([x], shell=False)", "Client(verify=context)", "cursor.execute(x)"],
    ),
    rules.rich_labels: (["QtWidgets.QLabel()", "class A(QLabel): pass"], ["PlainLabel(text)"]),
    rules.rich_tooltips: (
        [
            "a.setToolTip(text)", "QToolTip.showText(p, f'{x}')", "a.setToolTip(self.tr('x') % y)",
            "a.setToolTip(self.tr('x').format(y))", "def f(t):\n a.setToolTip(t)\nt = 'x'",
            "def f():\n t = 'x'\n if u: t = row.name\n a.setToolTip(t)",
            "for a, t in ((b, 'x'), (c, y)): a.setToolTip(t)",
        ],
        [
            "a.setToolTip(plain(text))", "a.setToolTip(self.tr('x'))", "a.showText(p, tooltip(x))",
            "def f():\n t = self.tr('x') if u else 'y'\n a.setToolTip(t)",
            "for a, t in ((b, 'x'), (c, self.tr('y'))): a.setToolTip(t)",
        ],
    ),
}  # fmt: skip


def sources() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 20
    return found


@pytest.mark.parametrize("rule", rules.EVERYWHERE, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: rules.Rule) -> None:
    exempt = rules.EXCEPT.get(rule, "nothing is")
    broken = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        if exempt not in path.as_posix()
        for line in rule(path.read_text(encoding="utf-8"))
    ]
    assert not broken


@pytest.mark.parametrize("rule", rules.EVERYWHERE, ids=lambda rule: rule.__name__)
def test_the_rule_catches_what_is_planted_and_nothing_that_looks_alike(rule: rules.Rule) -> None:
    wrong, right = PLANTED[rule]
    assert [text for text in wrong if not list(rule(text))] == []
    assert [text for text in right if list(rule(text))] == []


def test_the_exceptions_are_used() -> None:
    for rule, place in rules.EXCEPT.items():
        inside = [path for path in sources() if place in path.as_posix()]
        assert any(list(rule(path.read_text(encoding="utf-8"))) for path in inside), place
