"""Refusals: what the system says when something may not or cannot be done."""

from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818  # 拒绝 is an answer, not an accident
    """拒绝: a rule that was not met.

    ``code`` is stable and meant for programs; ``sentence`` is Chinese, meant for the person who asked, and names place,
    finding and remedy; ``facts`` are the values the sentence was made from.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts


class NotPermitted(Refusal):
    """无权办理: the post that asks may not do this."""

    code = "not_permitted"


class NotFound(Refusal):
    """未找到: there is no such thing, or the one who asks may not know of it."""

    code = "not_found"
