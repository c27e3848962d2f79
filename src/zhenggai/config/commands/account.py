"""``zhenggai account``: accounts and posts of a new system, and the way back in when an administrator is shut out."""

import argparse
import getpass
import sys

from zhenggai.core.errors import Refusal
from zhenggai.parties.states import OrganisationLevel, Role

BUILDS = True
"""Works in a data folder that holds no system yet."""

HELP = "登记账号和岗位、更换密码、停用或启用账号、解除第二因素、删除个人信息"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with an account."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser(
        "add", help="登记人员并设立岗位", description="登记人员并设立岗位，密码从终端或标准输入读取。"
    )
    add.add_argument("username", metavar="USERNAME", help="登录名，也用作岗位代码")
    add.add_argument("--name", required=True, help="姓名")
    add.add_argument(
        "--role", required=True, choices=[role.value for role in Role], help=f"角色：{_listed(Role)}"
    )
    add.add_argument("--title", required=True, help="岗位名称，例如“整改办经办人”")
    add.add_argument("--unit", required=True, help="所在单位，尚未登记的自动登记")
    add.add_argument(
        "--level",
        default=OrganisationLevel.DEPARTMENT.value,
        choices=[level.value for level in OrganisationLevel],
        help=f"新登记单位的层级：{_listed(OrganisationLevel)}；默认 department",
    )
    add.add_argument("--parent", metavar="UNIT", help="新登记单位的上级单位，须已登记；科室必填")
    change = actions.add_parser(
        "password", help="更换密码", description="更换密码，新密码从终端或标准输入读取。"
    )
    change.add_argument("username", metavar="USERNAME", help="登录名")
    for name, words in SWITCHES.items():
        switch = actions.add_parser(name, help=words, description=f"{words}；其在用的会话随即失效。")
        switch.add_argument("username", metavar="USERNAME", help="登录名")
        switch.add_argument("--reason", required=True, help="理由，记入日志")


SWITCHES = {
    "disable": "停用账号",
    "enable": "启用账号",
    "factor-reset": "解除第二因素",
    "erase": "删除个人信息",
}
"""Actions on an account that take a reason and nothing else."""


def _listed(kinds: type[Role] | type[OrganisationLevel]) -> str:
    return "、".join(f"{kind.value} {kind.label}" for kind in kinds)


def run(options: argparse.Namespace) -> int:
    """Do it, as the system: whoever holds the data folder."""
    from zhenggai.config.database import make_ready

    make_ready(build=options.action == "add")
    if options.action == "add":
        _add(options)
    elif options.action == "password":
        _change(options.username)
    else:
        _switch(options.action, options.username, options.reason)
    return 0


def _add(options: argparse.Namespace) -> None:
    from zhenggai.parties.actions import Place, open_account
    from zhenggai.parties.permissions import System
    from zhenggai.parties.queries import organisation_by_name

    parent = organisation_by_name(options.parent) if options.parent else None
    open_account(
        username=options.username,
        name=options.name,
        password=_password(),
        title=options.title,
        unit=options.unit,
        role=Role(options.role),
        place=Place(OrganisationLevel(options.level), parent),
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


def _switch(action: str, username: str, reason: str) -> None:
    from zhenggai.parties.actions import disable_person, enable_person, erase_person, reset_factor
    from zhenggai.parties.permissions import System
    from zhenggai.parties.queries import person_by_username

    acts = {
        "disable": disable_person,
        "enable": enable_person,
        "factor-reset": reset_factor,
        "erase": erase_person,
    }
    acts[action](person=person_by_username(username), reason=reason, by=System(f"zhenggai account {action}"))
    print(f"已为 {username} {SWITCHES[action]}。")


def _password() -> str:
    """Ask twice on a terminal; else read one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输入一次：") != first:
        raise Refusal("两次输入的密码不一致，请重新办理。")
    return first
