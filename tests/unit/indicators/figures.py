"""A unit's own indicator and its values, made through the acts."""

from tests import cast
from zhenggai.indicators import actions
from zhenggai.indicators.actions import Proof, Said

GREEN = ("绿色工厂", "户", "count", "")


def proof(text=""):
    handed = cast.handed(text)
    return Proof(handed.name, handed.received)


def said(value="10户", period="2025年", **more):
    return Said(value, period, more.pop("as_of", cast.today()), **more)


def entered(indicator, unit, by=None, **more):
    """A value that the unit reports; by its head, so that it counts at once, unless somebody else is given."""
    return actions.report(indicator=indicator, said=said(**more), file=proof(), by=by or unit.head)
