"""Texts of the world stay texts: no widget of ours takes a customer's name for rich text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, python_files

UI = PACKAGE / "ui"

#: The user guide, which ships with the program: nothing of a store or a file comes into it.
GUIDE = {f"ui/help/{name}.py": "shows what ships with the program" for name in ("caps", "paper", "sheet")}

#: Who reads a text as rich text when it looks like some, or always; who may all the same, and why.
READS_RICH_TEXT: dict[str, dict[str, str]] = {
    "QLabel": {
        "ui/widgets/marks.py": "`Text`, which is plain",
        "ui/answers/popup.py": "shows what `tooltips` has put together from escaped parts",
    },
    "QMessageBox": {"ui/plain.py": "told to be plain"},
    **{name: {} for name in (
        "QErrorMessage", "QGraphicsTextItem", "QInputDialog", "QProgressDialog", "QStaticText", "QWhatsThis",
        "QWizard", "LabelItem", "TextItem",
    )},
    **dict.fromkeys(("QTextBrowser", "QTextDocument", "QTextEdit"), GUIDE),
}  # fmt: skip
#: Who shows what is rich text already, and where it is escaped.
SHOWS_RICH_TIPS = {
    "ui/board/tips.py": "texts of `models.tooltips`, `models.running` and `models.touring`",
    "ui/incidents/view.py": "escaped where it is put together",
}


def test_what_reads_rich_text_is_not_used() -> None:
    used = [
        f"{name}: {node.id}"
        for name, path in ((_name(path), path) for path in python_files(PACKAGE))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Name) and name not in READS_RICH_TEXT.get(node.id, {name})
    ]
    assert used == []


def test_nothing_is_set_as_html() -> None:
    setters = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "setWhatsThis", "setOpenExternalLinks"}
    calls = {_name(path) for path, call in _method_calls() if _method(call) in setters}
    assert calls == {"ui/help/paper.py"}


def test_tooltips_of_data_are_plain() -> None:
    bare = [
        f"{_name(path)}:{call.lineno}: {ast.unparse(told)}"
        for path, call in _method_calls()
        if (told := _tip(call)) is not None and not _is_harmless(told) and _name(path) not in SHOWS_RICH_TIPS
    ]
    assert bare == []


def test_models_with_tooltips_make_them_plain() -> None:
    """The tests of the window look at what they hand out; here no model is forgotten."""
    bare = [
        _name(path)
        for path in python_files(UI)
        if "ToolTipRole" in (text := path.read_text(encoding="utf-8")) and "plain(" not in text
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("source", "harmless"),
    [
        ("w.setToolTip('fixed')", True),
        ("w.setToolTip(self.tr('fixed'))", True),
        ("w.setToolTip(plain(name))", True),
        ("w.setToolTip('a' if x else self.tr('b'))", True),
        ("w.setToolTip(name)", False),
        ("w.setToolTip(self.tr('of {0}').format(name))", False),
        ("w.setToolTip(f'of {name}')", False),
        ("QToolTip.showText(at, name, w)", False),
    ],
)
def test_the_search_for_bare_tooltips_sees(source: str, harmless: bool) -> None:
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    told = _tip(call)
    assert told is not None
    assert _is_harmless(told) is harmless


def _tip(call: ast.Call) -> ast.expr | None:
    """What a call shows as a tooltip, if it shows one."""
    at = {"setToolTip": 0, "showText": 1}.get(_method(call))
    return call.args[at] if at is not None and at < len(call.args) else None


def _is_harmless(told: ast.expr) -> bool:
    """A text of the program's own, or one that is made plain."""
    if isinstance(told, ast.IfExp):
        return _is_harmless(told.body) and _is_harmless(told.orelse)
    if isinstance(told, ast.Call):
        fixed = all(isinstance(word, ast.Constant) for word in told.args)
        return _method(told) == "plain" or (_method(told) in ("tr", "_tr") and fixed)
    return isinstance(told, ast.Constant)


def _method(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _method_calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in python_files(PACKAGE):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                yield path, node


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "dispatch_console").as_posix()
