"""Write `docs/explanation/checks.md` from the checks' guarantees and one caught case of each code: `python make_page.py`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from cases import CAUGHT

from gongwen import check, read
from gongwen.checks import CHECKS

PAGE = Path(__file__).parents[4] / "docs" / "explanation" / "checks.md"
SEVERITIES = (
    "`gongwen.check(bulletin)` and `gongwen check FILE` say what cannot be right in a document. An error cannot be true, a warning is "
    "very likely wrong, a hint is worth a look. Each check would rather be silent than give a false alarm; its guarantees say when.\n"
)


def page() -> str:
    """The whole page; the messages are what the checks really say."""
    parts = ["# Checks (检查)\n", SEVERITIES]
    for title, run in CHECKS:
        module = inspect.getmodule(run)
        assert module
        assert module.__doc__
        head, _, guarantees = module.__doc__.partition("\n\nGuarantees\n")
        parts.append(f"## {title}\n\n{head}\n\n{guarantees.strip()}\n")
        codes = [code for code in CAUGHT if f'"{code}"' in inspect.getsource(module)]
        parts.append(
            "\n".join(
                f"* `{code}` ({severity}): {message}" for code in codes for severity, message in [said(code)]
            )
            + "\n"
        )
    return "\n".join(parts)


def said(code: str) -> tuple[str, str]:
    """Severity and message of the first caught case."""
    remark = next(remark for remark in check(read(CAUGHT[code][0][0])) if remark.code == code)
    return remark.severity, remark.message


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE.write_text(page(), encoding='utf-8')}\n")
