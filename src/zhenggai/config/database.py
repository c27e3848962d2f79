"""Building the database, bringing it up to date, and saying so when it is not."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from zhenggai.config.environment import SettingRefused, make_private
from zhenggai.core.errors import Refusal


class DatabaseOutOfDate(Refusal):
    """数据库版本不符: migrations are waiting, or were made by a newer version."""

    code = "database_out_of_date"


class DatabaseUnreachable(Refusal):
    """数据库不可用: it could not be opened."""

    code = "database_unreachable"


class DatabaseMissing(Refusal):
    """没有数据: there is no system in this data folder."""

    code = "database_missing"


def make_ready(*, build: bool = False) -> None:
    """Check the database before anything else is done with it.

    With ``build`` a new one gets its tables, and only then: a mistyped folder must not pass for an empty system. One that is behind or ahead of
    the program is refused.
    """
    from django.db import DatabaseError

    try:
        with _alone():
            _make_ready(build=build)
    except DatabaseError as error:
        raise DatabaseUnreachable(
            f"无法打开数据库：{str(error).strip()}。请检查 DATABASE_URL 或数据目录（--data）及其权限。"
        ) from error


def _make_ready(*, build: bool) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if not connection.introspection.table_names():
        if not build:
            raise DatabaseMissing(
                f"数据目录 {settings.DATA} 中还没有系统数据，请检查 --data 或 ZHENGGAI_DATA；首次使用请运行 zhenggai demo 或 zhenggai import。"
            )
        if any(settings.EVIDENCE_ROOT.glob("*")):
            raise DatabaseMissing(
                f"数据目录 {settings.DATA} 中有存档文件，却没有数据库，请先从备份恢复数据库。"
            )
        with as_migrator():
            call_command("migrate", interactive=False, verbosity=0)
        return
    executor = MigrationExecutor(connection)
    if build and not _begun():
        # The first command was killed while it built the tables: nothing was entered yet, so go on building.
        with as_migrator():
            call_command("migrate", interactive=False, verbosity=0)
        return
    if set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations):
        raise DatabaseOutOfDate("数据库由更新版本的程序建立，请使用同一版本或更新版本的程序打开。")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DatabaseOutOfDate("数据库需要升级，请先备份，再运行：zhenggai manage migrate。")


@contextmanager
def as_migrator() -> Iterator[None]:
    """Be the owner of the tables, if one is named (ZHENGGAI_OWNER_URL), and grant the application's role its rights on what was built."""
    from zhenggai.config.roles import as_owner, grant

    with as_owner() as role:
        yield
        if role:
            grant(role)


def _begun() -> bool:
    """Whether the journal holds anything yet."""
    from django.db import connection

    if "journal_event" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM journal_event LIMIT 1) AS first")
        return bool(cursor.fetchone()[0])


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time look and build, on this machine by a file, on PostgreSQL by its own lock."""
    from django.conf import settings
    from django.db import connection

    from zhenggai.journal.locks import Lock

    try:
        make_private(settings.DATA)
        with (settings.DATA / ".building").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if connection.vendor != "postgresql":
                yield
                return
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [int(Lock.TABLES)])
            try:
                yield
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [int(Lock.TABLES)])
    except OSError as error:
        raise SettingRefused(
            f"无法使用数据目录 {settings.DATA}：{error.strerror}。请换一个可写的目录（--data 或 ZHENGGAI_DATA）。"
        ) from error
