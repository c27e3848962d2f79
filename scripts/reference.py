"""Writes docs/reference from the code: commands, acts, states, tables. ``--check`` fails when a page is not current."""

import argparse
import difflib
import inspect
import os
import pathlib
import pkgutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from enum import Enum
from types import ModuleType

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `make docs` from the code. Do not edit. -->\n\n"


def main() -> int:
    """Write the pages, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    _set_up_django()
    stale = 0
    for name, text in pages().items():
        page = PAGES / name
        if options.write:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        else:
            stale += _differs(page, text)
    return 1 if stale else 0


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "commands.md": commands(),
        "acts.md": acts(),
        "states.md": states(),
        "permissions.md": permissions(),
        "tables.md": tables(),
    }


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    # Nothing is stored, so nothing needs to be kept.
    os.environ.setdefault("ZHENGGAI_SECRET_KEY", "only-for-the-reference-pages")
    os.environ.setdefault("ZHENGGAI_DATA", tempfile.gettempdir())
    import django

    django.setup()


def _differs(page: pathlib.Path, text: str) -> bool:
    current = page.read_text(encoding="utf-8") if page.exists() else ""
    if current == text:
        return False
    name = str(page.relative_to(ROOT))
    sys.stdout.writelines(
        difflib.unified_diff(current.splitlines(True), text.splitlines(True), name, "code", n=1)
    )
    print(f"{name} is not current: run `make docs`.")
    return True


# --- commands ----------------------------------------------------------------------------------------------------------------------------


def commands() -> str:
    """The help of every command, as it prints it."""
    import gongwen.cli
    from zhenggai.config.command import build_parser, command_modules

    parts = ["# Commands 命令\n", NOTE]
    for parser in (build_parser(command_modules()), gongwen.cli.build_parser()):
        parts += [
            f"## `{p.prog}`\n\n```text\n{p.format_help().rstrip()}\n```\n\n" for p in _with_children(parser)
        ]
    return "\n".join(parts).rstrip() + "\n"


def _with_children(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from _with_children(child)


# --- acts --------------------------------------------------------------------------------------------------------------------------------


def acts() -> str:
    """The catalogue of acts, with what each does."""
    lines = ["# Acts 行为\n", NOTE]
    lines += ["Every official change is one of these; pages, commands and imports call nothing else.\n"]
    lines += ["| code | 名称 | what it does | where |", "| --- | --- | --- | --- |"]
    for function in sorted(_acts(), key=lambda f: f.act.code):
        meaning = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        lines.append(
            f"| `{function.act.code}` | {function.act.label} | {meaning} | `{function.__module__}` |"
        )
    return "\n".join(lines) + "\n"


def _acts() -> Iterator:
    for module in action_modules():
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and hasattr(function, "act"):
                yield function


def action_modules() -> Iterator[ModuleType]:
    """Every module in which acts are written."""
    import zhenggai

    for found in pkgutil.walk_packages(zhenggai.__path__, "zhenggai."):
        if "migrations" not in found.name and (found.name.endswith(".actions") or ".actions." in found.name):
            yield __import__(found.name, fromlist=["x"])


# --- states --------------------------------------------------------------------------------------------------------------------------------


def states() -> str:
    """The diagram of allowed moves, and every enumeration with its labels."""
    from zhenggai.ledger.handling.states import DIAGRAMS
    from zhenggai.ledger.states import MOVES, ProposalState

    lines = ["# States 状态\n", NOTE, "## A proposal's moves 建议的核定\n", "```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{state.label}" as {state.value}' for state in ProposalState]
    lines += ["  [*] --> open"]
    for state, moves in MOVES.items():
        lines += [f"  {state.value} --> {after.value}: {decision.label}" for decision, after in moves.items()]
    lines += ["```\n"]
    for title, (first, table) in DIAGRAMS.items():
        lines += _diagram(title, first, table)
    for enum in enumerations():
        lines += [f"## `{enum.__name__}`\n", f"{inspect.getdoc(enum)}\n", "| value | 中文 |", "| --- | --- |"]
        lines += [f"| `{member.value}` | {member.label} |" for member in enum] + [""]
    return "\n".join(lines)


def _diagram(title: str, first: str, table: Mapping) -> list[str]:
    lines = [f"## {title}\n", "```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{state.label}" as {state.value}' for state in table]
    lines += [f"  [*] --> {first}"]
    for state, moves in table.items():
        lines += [f"  {state.value} --> {after.value}: {move.label}" for move, after in moves.items()]
    return [*lines, "```\n"]


# --- permissions -------------------------------------------------------------------------------------------------------------------------


def permissions() -> str:
    """The matrix of acts and capacities, as the apps declare it."""
    from zhenggai.journal.acts import CATALOGUE
    from zhenggai.parties.permissions import PERMISSIONS
    from zhenggai.parties.states import Capacity

    list(action_modules())
    lines = ["# Permissions 权限\n", NOTE]
    lines += [
        "Who may do which act (行为), in which capacity (身份). What one may not see is a 404; what one sees and may not do is greyed, with the reason.\n"
    ]
    for app in dict.fromkeys(permission.app for permission in PERMISSIONS.values()):
        lines += [f"## {app}\n", "| act | 名称 | " + " | ".join(c.label for c in Capacity) + " |"]
        lines += ["| --- | --- | " + " | ".join(":-:" for _ in Capacity) + " |"]
        for code, permission in PERMISSIONS.items():
            if permission.app == app:
                marks = " | ".join("●" if capacity in permission.who else "" for capacity in Capacity)
                lines.append(f"| `{code}` | {CATALOGUE[code].label} | {marks} |")
        lines.append("")
    return "\n".join(lines)


def enumerations() -> Iterator[type[Enum]]:
    """Every labelled enumeration of the system, by module."""
    import zhenggai
    from zhenggai.core.enums import Labelled

    for found in pkgutil.walk_packages(zhenggai.__path__, "zhenggai."):
        if found.name.endswith(".states"):
            module = __import__(found.name, fromlist=["x"])
            for _, enum in inspect.getmembers(module, inspect.isclass):
                if issubclass(enum, Labelled) and enum.__module__ == module.__name__:
                    yield enum


# --- tables --------------------------------------------------------------------------------------------------------------------------------


def tables() -> str:
    """Every table with its columns, and which of them are journaled."""
    from zhenggai.journal.snapshots import all_journaled

    journaled = {declared.model: declared.columns for declared in all_journaled()}
    lines = ["# Tables 数据表\n", NOTE]
    for model in own_models():
        meaning = (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ")
        lines += [f"## `{model._meta.label}` {model._meta.verbose_name}\n", f"{meaning}\n"]
        lines += ["| column | 中文 | type | journaled |", "| --- | --- | --- | --- |"]
        for column in model._meta.concrete_fields:
            mark = "yes" if column.attname in journaled.get(model, ()) else ""
            lines.append(f"| `{column.attname}` | {column.verbose_name} | {type(column).__name__} | {mark} |")
        lines.append("")
    return "\n".join(lines)


def own_models() -> list:
    """Every table of our own apps, in the order of the apps."""
    from django.apps import apps

    return [model for model in apps.get_models() if model.__module__.startswith("zhenggai.")]


if __name__ == "__main__":
    sys.exit(main())
