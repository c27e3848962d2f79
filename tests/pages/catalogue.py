"""Keeps the English catalogue: ``python -m tests.pages.catalogue`` adds what pages newly say, drops what they no longer say, and compiles.

Message identifiers are the Chinese sentences themselves. A new one is added with an empty translation; the test beside this file fails until
somebody has written it. The pages avoid plurals ("open: 5"), so the catalogue has none.
"""

import ast
import pathlib
import re
from collections.abc import Iterator

import polib

WEB = pathlib.Path(__file__).resolve().parents[2] / "src" / "zhenggai" / "web"
SOURCE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")

_CALLED = {"_", "gettext", "gettext_lazy", "named"}
_TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_INLINE = re.compile(r"""\b_\((?:"([^"]+)"|'([^']+)')\)""")
_BLOCK = re.compile(r"\{%\s*blocktranslate\b[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
"""What is filled in; a translation has the same ones."""

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def said() -> set[str]:
    """Everything that the pages say: in templates, in Python, and as official terms."""
    from zhenggai.web import gallery, labels, standing, urls, worklist  # noqa: F401  # with the views, all acts are known

    found: set[str] = labels.terms()
    found |= {section.label for section in standing.Section}
    found |= {kind.label for kind in worklist.KINDS}
    for shelf in gallery.SHELVES:
        found |= {shelf.title, shelf.purpose, *(meaning for _, meaning in shelf.attributes)}
    for file in sorted(WEB.rglob("*.html")):
        found |= set(_in_template(file.read_text(encoding="utf-8")))
    for file in sorted(WEB.rglob("*.py")):
        found |= set(_in_python(ast.parse(file.read_text(encoding="utf-8"))))
    return found


def _in_template(text: str) -> Iterator[str]:
    for pattern in (_TRANSLATE, _INLINE):
        for match in pattern.finditer(text):
            yield match.group(1) or match.group(2)
    for match in _BLOCK.finditer(text):
        yield _VARIABLE.sub(r"%(\1)s", match.group(1))


def _in_python(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def compiled(catalogue: polib.POFile) -> bytes:
    """The catalogue as gettext reads it."""
    return catalogue.to_binary()


def update() -> polib.POFile:
    """Bring the catalogue to what is said now and write both files."""
    known = {entry.msgid: entry for entry in polib.pofile(str(SOURCE))} if SOURCE.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "zhenggai",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(said()):
        catalogue.append(known.get(message) or polib.POEntry(msgid=message, msgstr=""))
    SOURCE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(SOURCE))
    COMPILED.write_bytes(compiled(catalogue))
    return catalogue


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for entry in update().untranslated_entries():
        print(entry.msgid)  # noqa: T201  # a tool for the terminal
