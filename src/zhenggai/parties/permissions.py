"""Who may do what: a check raises a sentence, the matching ``can`` follows from it."""

from zhenggai.core.errors import NotPermitted
from zhenggai.journal.acts import Actor
from zhenggai.parties.models import Post
from zhenggai.parties.states import Role


class System:
    """系统: acts where no person does, as when the first accounts are made. Exists only inside the process."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose

    def snapshot(self) -> dict[str, str]:
        """Who acts, as the journal keeps it."""
        return {
            "post": "",
            "title": "系统",
            "organisation": "",
            "person": "",
            "username": "",
            "purpose": self.purpose,
        }


def check_role(by: Actor, *roles: Role, doing: str) -> None:
    """Raise NotPermitted unless the actor's post has one of the roles; the system may do everything."""
    if isinstance(by, System) or (isinstance(by, Post) and by.role in roles):
        return
    wanted = "、".join(role.label for role in roles)
    held = f"“{by.title}”（{Role(by.role).label}）" if isinstance(by, Post) else "未知岗位"
    raise NotPermitted(
        f"{doing}须由“{wanted}”岗位办理，您当前的岗位是{held}。", roles=[str(role) for role in roles]
    )


def check_administer(by: Actor) -> None:
    """设立账号: only the system itself until administrators exist."""
    check_role(by, doing="设立单位、人员和岗位")
