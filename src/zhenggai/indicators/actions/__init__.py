"""Acts on figures: defining (定义), entering (入账), reporting (填报、签发、更正), computing (取数、推算).

取数 with nothing new is no act: :func:`zhenggai.indicators.taking.take` asks first.
"""

from zhenggai.indicators.actions.computed import derive, record_computed
from zhenggai.indicators.actions.defining import Details, define, describe
from zhenggai.indicators.actions.entering import IndicatorName, NewObservation, Signed, observe, withdraw
from zhenggai.indicators.actions.reporting import Proof, Said, correct, report, sign

__all__ = [
    "Details",
    "IndicatorName",
    "NewObservation",
    "Proof",
    "Said",
    "Signed",
    "correct",
    "define",
    "derive",
    "describe",
    "observe",
    "record_computed",
    "report",
    "sign",
    "withdraw",
]
