"""``zhenggai manage``: Django's own commands (migrate, shell, …) for administrators."""

import argparse

HELP = "运行 Django 自带的管理命令，例如 zhenggai manage migrate"
BUILDS = True
"""Works in a data folder that holds no system yet."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take everything that follows."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="...", help="命令及其参数")


def run(options: argparse.Namespace) -> int:
    """Hand over to Django."""
    from django.core.management import execute_from_command_line

    from zhenggai.config.database import as_migrator

    arguments = ["zhenggai manage", *options.arguments]
    if options.arguments[:1] == ["migrate"]:
        with as_migrator():
            execute_from_command_line(arguments)
    else:
        execute_from_command_line(arguments)
    return 0
