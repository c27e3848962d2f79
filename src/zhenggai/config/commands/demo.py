"""``zhenggai demo``: a running system with an inspection in it on which everybody has worked, from nothing."""

import argparse
import socket
from typing import TYPE_CHECKING

from zhenggai.config.commands.serve import port_number
from zhenggai.core.errors import Refusal

if TYPE_CHECKING:
    from zhenggai.ledger.models import Reading

HELP = "准备演示数据并启动：建库、登记各个角色的账号、读入示例并办理"
BUILDS = True
"""Works in a data folder that holds no system yet."""


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
    is_fictional, reading = _is_fictional(), None
    if is_fictional:
        from zhenggai.config.living.stage import play, seat_cast

        seat_cast()
        reading = play()
    port = options.port if options.no_serve else _free_port(options.host, options.port)
    if is_fictional:
        _say(options.host, port, reading)
    else:
        _say_own(options.host, port)
    if not options.no_serve:
        serve(options.host, port)
    return 0


def _is_fictional() -> bool:
    """Whether the folder holds nothing but the demo: accounts with a printed password have no place beside a real ledger."""
    from zhenggai.config.living.cast import SEATS
    from zhenggai.parties.queries import post_codes

    known = {seat.code for seat in SEATS}
    return known >= set(post_codes()) and (bool(post_codes()) or not documents_read())


def documents_read() -> bool:
    """Whether any document was read into this system."""
    from zhenggai.ledger.models import Reading

    return Reading.objects.exists()


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


def _say_own(host: str, port: int) -> None:
    print(
        "该数据目录已有自己的台账，原样打开；演示账号密码公开，不在这里登记。要看演示请另选目录（DATA=目录）。"
    )
    print(f"  地址      http://{host}:{port}/")
    _say_how()


def _say(host: str, port: int, reading: "Reading | None") -> None:
    """Say where everything is, and with which log-in each role is seen."""
    from zhenggai.config.living.cast import PASSWORD, SEATS, unit_name
    from zhenggai.config.living.stage import factor_address

    address = f"http://{host}:{port}"
    print("整改台账演示系统已就绪")
    print(f"  地址      {address}/")
    if reading:
        print(f"  读件台    {address}/readings/{reading.pk}/")
    print(f"  公开页    {address}/public/（不用登录）")
    print(f"  登录      下列账号均可登录，密码都是 {PASSWORD}")
    print(f"    {_wide('角色', 14)}{_wide('登录名', 20)}{_wide('密码', 22)}{_wide('姓名', 10)}岗位")
    for seat in SEATS:
        row = _wide(seat.role.label, 14) + _wide(seat.code, 20) + _wide(PASSWORD, 22) + _wide(seat.name, 10)
        print(f"    {row}{unit_name(seat.unit)}{seat.title}")
        if uri := factor_address(seat.code):
            print(f"    {_wide('', 14)}第二因素 {uri}")
    _say_how()


def _wide(text: str, columns: int) -> str:
    """Fill up to a width in columns; a Chinese character takes two."""
    taken = sum(2 if ord(character) > 0x2E7F else 1 for character in text)  # noqa: PLR2004  # where CJK begins
    return text + " " * max(1, columns - taken)


def _say_how() -> None:
    from django.conf import settings

    print(f"  命令行    zhenggai --data {settings.DATA} import 文件")
    print("  停止      Ctrl+C", flush=True)
