"""岗位名称: the titles of the posts that rows name by their code."""

from collections.abc import Iterable

from zhenggai.parties.models import Post


def titles(codes: Iterable[str]) -> dict[str, str]:
    """Title by code; a code that names no post (系统) stays what it is. One statement."""
    wanted = set(codes) - {""}
    found = dict(Post.objects.filter(code__in=wanted).values_list("code", "title"))
    return {code: found.get(code, code) for code in wanted}
