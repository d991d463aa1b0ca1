"""SQL is written by us, word for word; what comes from outside is a parameter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import PACKAGE, python_files

#: What sends a text to a database, or makes SQL of it.
SENDERS = {
    "DDL",
    "exec_driver_sql",
    "execute",
    "executemany",
    "executescript",
    "literal_column",
    "scalar",
    "scalars",
    "text",
}

#: Libraries that speak SQL.
SPEAKERS = re.compile(r"^\s*(?:from|import) (?:sqlalchemy|alembic|sqlite3|psycopg)\b", re.MULTILINE)

#: What SQLAlchemy makes, and binds values in by itself.
STATEMENT = re.compile(r"(Select|Insert|Update|Delete|UpdateBase|Executable)\b")

#: Statements that are put together all the same: file and source of what is sent → why nothing of the world is in
#: it. (Migrations are not looked at: they know no words but ours.)
PUT_TOGETHER = {
    ("store/engine.py", "f'PRAGMA journal_mode={journal_mode()}'"): "one of two words of ours",
    ("store/guards.py", "statement"): "made there of our own tables",
    ("store/migrate.py", "f'PRAGMA foreign_keys={('ON' if on else 'OFF')}'"): "one of two words",
    ("store/migrate.py", "f'SELECT count(*) FROM \"{name}\"'"): "names of our own tables",
    ("store/owning.py", "f'SET LOCAL ROLE {owner}'"): "regrole::text is quoted by the server",
    ("store/rights.py", "statement"): "made there of our own tables and of a quoted login",
    ("store/scrubbing.py", "f'VACUUM (FULL) {name}'"): "names of our own tables",
    ("store/server_backups.py", "f'TRUNCATE {names}'"): "names of our own tables",
    ("store/viewing.py", "f'PRAGMA user_version={version + 1}'"): "a number that was read as one",
    ("ui/map/mbtiles.py", "query"): "one of the two queries of this class",
}


def test_no_statement_is_put_together() -> None:
    """Hand the value over as a parameter; what cannot be one is named above, with the reason why that is safe."""
    assert [found for found in _found() if found not in PUT_TOGETHER] == []


def _found() -> list[tuple[str, str]]:
    return [
        (path.relative_to(PACKAGE).as_posix(), ast.unparse(sent))
        for path in python_files(PACKAGE)
        if SPEAKERS.search(source := path.read_text(encoding="utf-8"))
        for sent in put_together(source)
    ]


def put_together(source: str) -> Iterator[ast.expr]:
    """What a module sends to a database that is neither a text of its own as it stands nor SQLAlchemy's."""
    tree = ast.parse(source)
    values = _values(tree)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in SENDERS and call.args:
            sent = call.args[0]
            if isinstance(sent, ast.Starred) or _is_built(sent, values, set()):
                yield sent


def _values(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """All that a name stands for anywhere in the module; what a function is given or a loop goes through is a
    name that nobody knows."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    _note(found, target, value)
            case (
                ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value)
            ):
                _note(found, target, value)
            case ast.arg(arg=name, annotation=ast.expr() as kind) if STATEMENT.match(ast.unparse(kind)):
                found.setdefault(name, []).append(ast.Constant(None))
            case ast.AugAssign(target=target):
                _note(found, target, ast.JoinedStr([]))
            case ast.For(target=target, iter=ast.Tuple(elts=elements) | ast.List(elts=elements)):
                for element in elements:
                    _note(found, target, element)
            case _:
                continue
    return found


def _note(found: dict[str, list[ast.expr]], target: ast.expr, value: ast.expr) -> None:
    if isinstance(target, ast.Name):
        found.setdefault(target.id, []).append(value)


def _is_built(sent: ast.expr, values: dict[str, list[ast.expr]], seen: set[str]) -> bool:
    match sent:
        case ast.Constant():
            return False
        case ast.JoinedStr(values=parts):
            return not parts or not all(map(_is_ours, parts))
        case ast.BinOp():
            return True
        case ast.IfExp(body=a, orelse=b):
            return _is_built(a, values, seen) or _is_built(b, values, seen)
        case ast.Name(id=name) if name in seen:
            return False
        case ast.Name(id=name):
            return not values.get(name) or any(_is_built(one, values, seen | {name}) for one in values[name])
        case ast.Call(func=ast.Attribute(attr="encode", value=value)):
            return _is_built(value, values, seen)
        case ast.Call(func=ast.Attribute(value=ast.Constant() | ast.JoinedStr())):
            return True
        case ast.Call(func=function):
            return _name(function) in ("format", "format_map", "str", "as_string")
        case _:
            return False


def _is_ours(part: ast.expr) -> bool:
    """Of an f-string: words as they stand, or a constant, as its capitals say."""
    if isinstance(part, ast.FormattedValue):
        return isinstance(part.value, ast.Name | ast.Attribute) and _name(part.value).isupper()
    return isinstance(part, ast.Constant)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize(
    ("source", "built"),
    [
        ("db.execute('SELECT 1 WHERE x = ?', (x,))", False),
        ("db.execute(select(Row).where(Row.id == x))", False),
        ("Q = 'SELECT :x'\ndef f(db, x): db.execute(text(Q), {'x': x})", False),
        ("def f(db, x):\n q = select(R)\n q = q.where(R.x == x)\n db.execute(q)", False),
        ("def f(db, query: Select[tuple[int]]): db.execute(query)", False),
        ("db.execute(f'SELECT 1 LIMIT {_MOST}')", False),
        ("db.execute(f'SELECT {x}')", True),
        ("db.execute(text('SELECT %s' % x))", True),
        ("db.execute('SELECT ' + x)", True),
        ("db.exec_driver_sql('SELECT {}'.format(x))", True),
        ("def f(db, x):\n q = 'SELECT '\n q += x\n db.execute(q)", True),
        ("def f(db, x):\n q = f'SELECT {x}' if x else 'SELECT 1'\n db.execute(q)", True),
        ("def f(db, query): db.execute(query)", True),
        ("db.executescript(' '.join(parts))", True),
    ],
)
def test_the_search_sees(source: str, built: bool) -> None:
    assert any(put_together(source)) is built
