"""The catalogue of rules, and the page that tells of it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.bulletins.checks.page import PAGE, page
from zhenggai.bulletins.checks import CATALOGUE, FAMILIES

LIBRARY = Path(__file__).parents[4] / "packages" / "gongwen" / "src" / "gongwen" / "checks"


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_codes_are_given_once() -> None:
    codes = [rule.code for _, rules, _ in FAMILIES for rule in rules]
    assert len(codes) == len(set(codes)) == len(CATALOGUE)
    assert all(re.fullmatch(r"[a-z]+(?:\.[a-z_]+)+", code) for code in codes)


def test_every_rule_has_a_chinese_name_and_an_explanation() -> None:
    for rule in CATALOGUE.values():
        assert re.fullmatch(r"[\u4e00-\u9fff]{3,14}", rule.name), rule
        assert rule.explanation.endswith("."), rule


def test_every_code_of_the_text_library_is_there() -> None:
    written = {
        code
        for path in LIBRARY.glob("*.py")
        for code in re.findall(r'"([a-z]+\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert {f"gongwen.{code}" for code in written} == {
        code for code in CATALOGUE if code.startswith("gongwen.")
    }


def test_every_rule_is_shown_at_work_in_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    own = [code for code in CATALOGUE if not code.startswith("gongwen.")]
    assert [code for code in own if f'"{code}"' not in tests] == []
