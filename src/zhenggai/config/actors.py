"""Who acts from the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.journal.acts import Actor


def actor(code: str) -> "Actor":
    """Who acts: the post named, else the office; on a new system, which has no posts yet, whoever holds the data folder."""
    from zhenggai.parties.permissions import System  # noqa: PLC0415  # the apps load after the settings
    from zhenggai.parties.queries import post_by_code, post_codes  # noqa: PLC0415

    return post_by_code(code or "office") if code or post_codes() else System("命令行，尚未设立岗位")
