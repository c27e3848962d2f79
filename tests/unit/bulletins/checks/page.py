"""Write ``docs/explanation/checks-before-approval.md`` from the rules: ``python -m tests.unit.bulletins.checks.page``."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from zhenggai.bulletins.checks import FAMILIES

PAGE = Path(__file__).parents[4] / "docs" / "explanation" / "checks-before-approval.md"
HEAD = """# Checks before approval (审前检查)

Before a draft is submitted, `zhenggai.bulletins.checks.check(draft)` says what stands in its way, each with its place, what was found and what to do.
必须处理 (error) stands in the way of approval, 请核对 (warning) and 供参考 (hint) do not. A rule would rather be silent than give a false alarm,
except where something withheld could reach the public.
"""


def page() -> str:
    """The whole page, one line a rule."""
    parts = [HEAD]
    for title, rules, run in FAMILIES:
        module = inspect.getmodule(run)
        assert module
        assert module.__doc__
        head, _, guarantees = module.__doc__.partition("\n\nGuarantees\n")
        lines = [f"* `{rule.code}` {rule.name} ({rule.severity.label}): {rule.explanation}" for rule in rules]
        parts.append(f"## {title}\n\n{head.strip()}\n\n{guarantees.strip()}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE.write_text(page(), encoding='utf-8')}\n")
