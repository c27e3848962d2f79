"""Whatever changes a table is an act, and every act is described."""

import ast
import inspect
import pathlib

from scripts.reference import action_modules
from tests.conftest import ROOT
from zhenggai.journal.acts import CATALOGUE

WRITES_ON_MANAGERS = {"create", "update", "delete"}
WRITES = {
    "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate", "asave", "executemany", "set_password",
    "update_rows",
}  # fmt: skip
"""Calls that write rows: the first only behind a manager or queryset, since sets and dictionaries have them too."""

WRITERS = {
    "journal/trail.py": "writes the journal itself, inside an act",
    "journal/pseudonyms.py": "names people in events, called by the trail; empties names, called by an act",
    "journal/heads.py": "a head says what the journal holds; as a part of it, it could not be over all of it",
    "parties/factors.py": "attempts at a log-in: they decide nothing but the next attempt, and nobody is logged in yet",
    "exchange/list_files.py": "saves a document to bytes; no row is written",
    "bulletins/public.py": "pages rendered from editions; derived, and rendered anew at any time",
    "web/public/feed.py": "saves a QR code to bytes; no row is written",
    "ledger/bulk.py": "one statement for many rows; called by actions only",
}
"""Modules outside actions that write, each with the reason."""

HELPERS = {
    "zhenggai.ledger.actions.parts": "what the acts of handling share",
    "zhenggai.ledger.actions.work": "what the acts of deciding share",
    "zhenggai.ledger.actions.rows": "rows of proposals being settled; called inside the acts of deciding only",
    "zhenggai.bulletins.actions.sheet": "what the acts on a draft share",
    "zhenggai.ledger.actions.citations": "the same for cited documents",
}
"""Modules under actions/ that are parts of acts, not acts, each with the reason."""


def public_functions(module):
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


def test_every_public_function_of_actions_is_an_act():
    strays = [
        f"{module.__name__}.{function.__name__}"
        for module in action_modules()
        if module.__name__ not in HELPERS
        for function in public_functions(module)
        if not hasattr(function, "act")
    ]
    assert strays == []


def test_acts_are_keyword_only_and_take_by():
    for module in action_modules():
        for function in filter(lambda f: hasattr(f, "act"), public_functions(module)):
            parameters = inspect.signature(function).parameters.values()
            assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters), function
            assert "by" in {parameter.name for parameter in parameters}, function
            assert inspect.getdoc(function), function


def test_codes_are_namespaced_and_labels_chinese():
    for act in CATALOGUE.values():
        assert act.code.count(".") == 1, act
        assert not act.label.isascii(), act


def test_only_actions_write():
    """Outside actions no module of an app calls what writes rows."""
    source = ROOT / "src" / "zhenggai"
    strays = []
    for file in source.rglob("*.py"):
        inside = file.relative_to(source)
        if (
            {"actions", "migrations"} & set(inside.parts)
            or inside.name == "actions.py"
            or str(inside) in WRITERS
        ):
            continue
        strays += [f"{inside}:{line}" for line in writing_lines(file)]
    assert strays == []


def writing_lines(file: pathlib.Path) -> list[int]:
    """Lines that call what writes rows."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and writes(node.func)
    ]


def writes(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in WRITES
    if not isinstance(called, ast.Attribute):
        return False
    behind = ast.unparse(called.value)
    return called.attr in WRITES or (called.attr in WRITES_ON_MANAGERS and "objects" in behind)
