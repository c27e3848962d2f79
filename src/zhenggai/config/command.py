"""The ``zhenggai`` command: parses, sets Django up, hands over to a subcommand.

Exit status: 0 done, 1 refused (the reason in Chinese on stderr), 2 usage. ``--data DIR`` may stand anywhere.
"""

import argparse
import importlib
import os
import sys
from types import ModuleType
from typing import NoReturn

from zhenggai import __version__
from zhenggai.config.environment import SettingRefused, choose_data_folder
from zhenggai.core.errors import Refusal

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "import": "import_",
    "export": "export",
    "journal": "journal",
    "manage": "manage",
}
"""Name on the command line → module in :mod:`zhenggai.config.commands`."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    arguments, folder = choose_data_folder(sys.argv[1:] if argv is None else argv, os.environ)
    if folder:
        os.environ["ZHENGGAI_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
    modules = {
        name: importlib.import_module(f"zhenggai.config.commands.{module}")
        for name, module in COMMANDS.items()
    }
    options = build_parser(modules).parse_args(arguments)
    try:
        _set_up()
        status: int = modules[options.command].run(options)
    except (Refusal, SettingRefused) as refusal:
        print(f"未办理：{refusal}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output went away (`| head`); nothing is wrong with us.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def build_parser(modules: dict[str, ModuleType]) -> argparse.ArgumentParser:
    """Build the parser of all subcommands, from which the reference page is generated too."""
    parser = argparse.ArgumentParser(
        prog="zhenggai", description="整改台账：从反馈意见到有据可查、经过核验、公开发布的整改结果。"
    )
    parser.add_argument("--version", action="version", version=f"zhenggai {__version__}")
    parser.add_argument(
        "--data", metavar="DIR", help="数据目录（数据库、文件、密钥），默认 ./data 或环境变量 ZHENGGAI_DATA"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in modules.items():
        sub = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(sub)
    return parser


def _set_up() -> None:
    import django
    from django.db.utils import OperationalError

    try:
        django.setup()
    except OperationalError as error:
        raise SettingRefused(f"无法打开数据库：{error}") from error


def entry() -> NoReturn:
    """Console script: exit with the status of :func:`main`."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
