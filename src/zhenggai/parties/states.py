"""Roles of a post: what its holder comes to do."""

from zhenggai.core.enums import Labelled


class Role(Labelled):
    """岗位角色: decides what a post may do; see each app's ``permissions.py``."""

    OFFICE = "office", "整改办"
    READER = "reader", "查阅"
