"""What a commit must not hold, and what documents promise."""

import re
import subprocess

import pytest
from django.core.management import call_command

from tests.conftest import ROOT

FORBIDDEN = {
    "a registry's host name": re.compile(r"pypi\.org|pythonhosted|npmjs|deb\.debian\.org", re.IGNORECASE),
    "a path of one machine": re.compile(r"(?<![\w.])/(work|root|home)/\w"),
    "a private key": re.compile(r"BEGIN [A-Z ]*PRIVATE KEY"),
}


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.split()


def test_tracked_files_name_no_registry_machine_or_secret():
    found = []
    for name in tracked():
        file = ROOT / name
        if (
            name == "tests/architecture/test_repository.py"
            or not file.is_file()
            or file.suffix in (".mo", ".png", ".ico")
        ):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_files_that_a_newcomer_meets_exist():
    for name in (
        "README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile",
        ".ci/run", "docs/glossary.md",
    ):  # fmt: skip
        assert (ROOT / name).is_file(), name


LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_links_between_documents_lead_somewhere():
    pages = [ROOT / name for name in tracked() if name.endswith(".md") and "/samples/" not in name]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_files_named_in_the_architecture_exist():
    named = re.findall(
        r"`((?:src|packages|tests|docs|scripts)/[\w./-]+)`",
        (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"),
    )
    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_targets_named_in_the_readme_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"`make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert named <= targets, name


def test_generated_pages_are_current():
    from scripts.reference import PAGES, pages

    stale = [name for name, text in pages().items() if (PAGES / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"
