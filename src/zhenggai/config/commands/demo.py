"""``zhenggai demo``: a running system with a sample in it, from nothing."""

import argparse
import socket
from importlib import resources
from typing import TYPE_CHECKING

from zhenggai.config.commands.serve import port_number
from zhenggai.core.errors import Refusal

if TYPE_CHECKING:
    from zhenggai.ledger.models import Reading

HELP = "准备演示数据并启动：建库、登记两个账号、读入示例通报"
BUILDS = True
"""Works in a data folder that holds no system yet."""

PASSWORD = "Zhenggai-demo-2026"  # noqa: S105  # printed on purpose: demo accounts hold fictional data only
SAMPLE = "lanjiang-2026.txt"
UNIT = "岚江市委巡视整改工作领导小组办公室"
PEOPLE = (
    ("office", "陈整改", "整改办经办人"),
    ("reader", "周查阅", "查阅人员"),
)
"""Log-in name (also the post's code and role), name, title of the post."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve, or not to."""
    parser.add_argument("--no-serve", action="store_true", help="只准备数据，不启动服务")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只接受本机访问")
    parser.add_argument(
        "--port", type=port_number, default=8000, help="端口，默认 8000；被占用时自动换下一个"
    )


def run(options: argparse.Namespace) -> int:
    """Prepare what is missing, say where everything is, serve. What is there is kept."""
    from zhenggai.config.commands.serve import serve
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    reading = None
    if _is_fictional():
        _people()
        reading = _sample()
    port = options.port if options.no_serve else _free_port(options.host, options.port)
    _say(options.host, port, reading)
    if not options.no_serve:
        serve(options.host, port)
    return 0


def _is_fictional() -> bool:
    """Whether the folder holds nothing but the demo: accounts with a printed password have no place beside a real ledger."""
    from zhenggai.parties.queries import post_codes

    known = {code for code, *_ in PEOPLE}
    return known >= set(post_codes()) and (bool(post_codes()) or not documents_read())


def documents_read() -> bool:
    """Whether any document was read into this system."""
    from zhenggai.ledger.models import Reading

    return Reading.objects.exists()


def _people() -> None:
    """Make the two accounts unless they are there."""
    from zhenggai.parties.actions import open_account
    from zhenggai.parties.permissions import System
    from zhenggai.parties.queries import post_codes
    from zhenggai.parties.states import Role

    by = System("zhenggai demo")
    for username, name, title in PEOPLE:
        if username not in post_codes():
            open_account(
                username=username,
                name=name,
                password=PASSWORD,
                title=title,
                unit=UNIT,
                role=Role(username),
                by=by,
            )


def _sample() -> "Reading":
    """Read the sample unless it was read before; its items stay open, to be accepted at the desk."""
    from zhenggai.ledger.imports import read_file
    from zhenggai.parties.queries import post_by_code

    data = resources.files("zhenggai.config.samples").joinpath(SAMPLE).read_bytes()
    return read_file(name=SAMPLE, data=data, by=post_by_code("office")).reading


def _free_port(host: str, wanted: int) -> int:
    """Return the first free port from the wanted one on."""
    try:
        socket.getaddrinfo(host, wanted)
    except OSError as error:
        raise Refusal(f"监听地址“{host}”无法识别，请用 --host 另写一个，例如 127.0.0.1。") from error
    last = min(wanted + 49, 65535)
    for port in range(wanted, last + 1):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Refusal(f"端口 {wanted} 至 {last} 都被占用，请用 --port 另选一个。")


def _say(host: str, port: int, reading: "Reading | None") -> None:
    """Say where everything is."""
    from django.conf import settings

    address = f"http://{host}:{port}"
    if reading is None:
        print(
            "该数据目录已有自己的台账，原样打开；演示账号密码公开，不在这里登记。要看演示请另选目录（DATA=目录）。"
        )
        print(f"  地址      {address}/")
    else:
        print("整改台账演示系统已就绪")
        print(f"  地址      {address}/")
        print(f"  读件台    {address}/readings/{reading.pk}/")
        for username, name, title in PEOPLE:
            print(f"  登录      {username} / {PASSWORD}    {name}（{title}）")
    print(f"  命令行    zhenggai --data {settings.DATA} import 文件")
    print("  停止      Ctrl+C", flush=True)
