"""``zhenggai account``: accounts and posts, until the administrators' pages exist."""

import argparse
import getpass
import sys

from zhenggai.core.errors import Refusal

BUILDS = True
"""Works in a data folder that holds no system yet."""

HELP = "登记账号和岗位、更换密码"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with an account."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser(
        "add", help="登记人员并设立岗位", description="登记人员并设立岗位，密码从终端或标准输入读取。"
    )
    add.add_argument("username", metavar="USERNAME", help="登录名，也用作岗位代码")
    add.add_argument("--name", required=True, help="姓名")
    add.add_argument(
        "--role", required=True, choices=("office", "reader"), help="角色：office 整改办，reader 查阅"
    )
    add.add_argument("--title", required=True, help="岗位名称，例如“整改办经办人”")
    add.add_argument("--unit", required=True, help="所在单位")
    change = actions.add_parser(
        "password", help="更换密码", description="更换密码，新密码从终端或标准输入读取。"
    )
    change.add_argument("username", metavar="USERNAME", help="登录名")


def run(options: argparse.Namespace) -> int:
    """Do it, as the system: whoever holds the data folder."""
    from zhenggai.config.database import make_ready

    make_ready(build=options.action == "add")
    if options.action == "add":
        _add(options)
    else:
        _change(options.username)
    return 0


def _add(options: argparse.Namespace) -> None:
    from zhenggai.parties.actions import open_account
    from zhenggai.parties.permissions import System
    from zhenggai.parties.states import Role

    open_account(
        username=options.username,
        name=options.name,
        password=_password(),
        title=options.title,
        unit=options.unit,
        role=Role(options.role),
        by=System("zhenggai account add"),
    )
    print(f"已登记 {options.name}（{options.title}），登录名 {options.username}。")


def _change(username: str) -> None:
    from zhenggai.parties.actions import change_password
    from zhenggai.parties.permissions import System
    from zhenggai.parties.queries import person_by_username

    change_password(
        person=person_by_username(username), password=_password(), by=System("zhenggai account password")
    )
    print(f"已更换 {username} 的密码。")


def _password() -> str:
    """Ask twice on a terminal; else read one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输入一次：") != first:
        raise Refusal("两次输入的密码不一致，请重新办理。")
    return first
