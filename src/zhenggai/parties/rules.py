"""What must hold between the posts of one person, and between organisations. Plain Python."""

from collections.abc import Collection

from zhenggai.core.errors import Refusal
from zhenggai.parties.states import ADMINISTRATORS, Role


class DutiesClash(Refusal):
    """岗位不相容: the person holds a post that must not be in one hand with this one."""

    code = "duties_clash"


class ImpossiblePlace(Refusal):
    """层级不当: an organisation cannot stand there in the tree."""

    code = "impossible_place"


def check_duties(name: str, held: Collection[Role], role: Role) -> None:
    """三员分立: refuse a further post to somebody, given the roles of those that he holds; DutiesClash names both.

    The three administrators exclude one another, themselves, and every post that works on the ledger. The database holds the same by
    a trigger. Source: GB/T 22239-2019, 8.1.4.2 d and 8.1.5.1 to 8.1.5.3.
    """
    clashing = [other for other in held if role in ADMINISTRATORS or other in ADMINISTRATORS]
    if not clashing:
        return
    others = "、".join(dict.fromkeys(f"“{other.label}”" for other in clashing))
    raise DutiesClash(
        f"{name}已任{others}岗位，不能再任“{role.label}”岗位：系统、安全、审计管理员须由不同的人担任，且不得兼任办理台账的岗位。请另选他人，或先为其卸任原岗位。",
        held=sorted(other.value for other in clashing),
        role=role.value,
    )


def check_above(key: int, above: Collection[int], name: str) -> None:
    """Refuse to move an organisation below itself, given the keys of those above its new place; ImpossiblePlace."""
    if key in above:
        raise ImpossiblePlace(f"不能把“{name}”移到它自己或其下级之下，请另选上级单位。")
