"""改写: a value written in the form in which another stood there. Plain Python."""

import re
from decimal import ROUND_HALF_UP, Decimal

from gongwen.reading.tables.units import MULTIPLIERS
from zhenggai.bulletins.facts import Figure

_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_HAN = re.compile("[〇零一二两三四五六七八九十百千]+")
_STEPS = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
_SCALE = re.compile(rf"^\s*(?:余|多)?\s*({_STEPS})")


def rewrite(figure: Figure, value: Decimal) -> str:
    """The figure's text with another value: same unit, same scale (万、亿), same decimals; Chinese numerals become Arabic ones.

    A value that the old form cannot hold (1.2万 → 12,345) takes as many decimals as it needs.
    """
    found = _NUMBER.search(figure.text) or _HAN.search(figure.text)
    if found is None:
        return figure.text
    after = figure.text[found.end() :]
    scaled = _SCALE.match(after)
    scale = Decimal(MULTIPLIERS[scaled.group(1)]) if scaled else Decimal(1)
    decimals = len(found.group().replace("．", ".").partition(".")[2])
    grouped = "," in found.group()
    return figure.text[: found.start()] + _written(value / scale, decimals, grouped=grouped) + after


def _written(value: Decimal, decimals: int, *, grouped: bool) -> str:
    """A number with at least these decimals, and as many more as it needs to be exact up to six."""
    exact = value.quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize()
    needed = max(-int(exact.as_tuple().exponent), 0)
    places = max(decimals, needed) if decimals == 0 or needed <= decimals else decimals
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}" if grouped else f"{rounded:f}"
