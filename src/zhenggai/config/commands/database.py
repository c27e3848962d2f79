"""``zhenggai database``: what the database's roles may do (PostgreSQL)."""

import argparse

HELP = "数据库角色：表的所有者与系统所用角色分开，系统无权改动日志（PostgreSQL）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the database."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser(
        "roles",
        help="授权",
        description="以 ZHENGGAI_OWNER_URL 的身份，只授予 DATABASE_URL 的角色系统所需的权限；可重复运行。",
    )


def run(options: argparse.Namespace) -> int:  # noqa: ARG001  # one action so far
    """Grant, and say to whom."""
    from zhenggai.config.roles import RolesRefused, as_owner, grant

    with as_owner() as role:
        if not role:
            raise RolesRefused(
                "没有给出表的所有者：请在环境变量 ZHENGGAI_OWNER_URL 中写明其数据库地址（仅 PostgreSQL）。"
            )
        grant(role)
    print(f"已授权：角色“{role}”只能追加日志，不能改动、删除或清空日志，不能删除台账的任何一行。")
    return 0
