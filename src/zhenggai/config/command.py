"""The ``zhenggai`` command: parses, sets Django up, hands over to a subcommand.

Exit status: 0 done, 1 refused (the reason in Chinese on stderr), 2 usage. ``--data DIR`` may stand anywhere.
"""

import argparse
import importlib
import io
import os
import sys
from types import ModuleType
from typing import NoReturn

from zhenggai import __version__
from zhenggai.config.environment import SettingRefused, check_there, choose_data_folder
from zhenggai.core.errors import Refusal

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "import": "import_",
    "export": "export",
    "journal": "journal",
    "evidence": "evidence",
    "account": "account",
    "item": "item",
    "acts": "acts",
    "bulletin": "bulletin",
    "database": "database",
    "manage": "manage",
}
"""Name on the command line → module in :mod:`zhenggai.config.commands`."""


class DatabaseFailed(Refusal):
    """数据库出错: the database gave up in the middle; the transaction was undone."""

    code = "database_failed"


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese still shows something
    arguments, folder = choose_data_folder(sys.argv[1:] if argv is None else argv, os.environ)
    if folder:
        os.environ["ZHENGGAI_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    modules = command_modules()
    options = build_parser(modules).parse_args(arguments)
    try:
        status = _run(modules[options.command], options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is wrong with us.
        _drop_output()
        return 1
    except OSError as error:
        _drop_output()
        print(f"无法写出结果：{error.strerror}。", file=sys.stderr)
        return 1
    return status


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(command: ModuleType, options: argparse.Namespace) -> int:
    """Run one subcommand; whatever it refuses or cannot do is told in a sentence."""
    try:
        if not getattr(command, "BUILDS", False):
            check_there()
        import django
        from django.db import DatabaseError
        from django.utils import translation

        django.setup()
        translation.activate("zh-hans")
        try:
            status: int = command.run(options)
        except DatabaseError as error:
            raise DatabaseFailed(
                f"数据库出错：{str(error).strip()}。本次操作没有留下痕迹，请排除故障后重试。"
            ) from error
    except (Refusal, SettingRefused) as refusal:
        print(f"未办理：{refusal}", file=sys.stderr)
        return 1
    return status


def command_modules() -> dict[str, ModuleType]:
    """The module of each subcommand by its name."""
    return {
        name: importlib.import_module(f"zhenggai.config.commands.{module}")
        for name, module in COMMANDS.items()
    }


def build_parser(modules: dict[str, ModuleType]) -> argparse.ArgumentParser:
    """Build the parser of all subcommands, from which the reference page is generated too."""
    parser = argparse.ArgumentParser(
        allow_abbrev=False,
        prog="zhenggai",
        description="整改台账：从反馈意见到有据可查、经过核验、公开发布的整改结果。",
    )
    parser.add_argument("--version", action="version", version=f"zhenggai {__version__}")
    parser.add_argument(
        "--data", metavar="DIR", help="数据目录（数据库、文件、密钥），默认 ./data 或环境变量 ZHENGGAI_DATA"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in modules.items():
        sub = commands.add_parser(name, allow_abbrev=False, help=module.HELP, description=module.HELP)
        module.add_arguments(sub)
    return parser


def entry() -> NoReturn:
    """Console script: exit with the status of :func:`main`."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
