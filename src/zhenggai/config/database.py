"""Bringing the database up to date, and saying so when it is not."""

from zhenggai.core.errors import Refusal


class DatabaseOutOfDate(Refusal):
    """数据库未升级: migrations are waiting."""

    code = "database_out_of_date"


class DatabaseUnreachable(Refusal):
    """数据库不可用: it could not be opened."""

    code = "database_unreachable"


def migrate() -> None:
    """Bring the tables up to date; safe to call again."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    settings.DATA.mkdir(parents=True, exist_ok=True)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise _unreachable(error) from error


def make_ready() -> None:
    """Build the tables of a new database; refuse one that a newer or older version left behind."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    settings.DATA.mkdir(parents=True, exist_ok=True)
    try:
        new = not connection.introspection.table_names()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    except DatabaseError as error:
        raise _unreachable(error) from error
    if new:
        migrate()
    elif unknown:
        raise DatabaseOutOfDate("数据库由更新版本的程序建立，请使用同一版本或更新版本的程序打开。")
    elif waiting:
        raise DatabaseOutOfDate("数据库需要升级，请先备份，再运行：zhenggai manage migrate。")


def _unreachable(error: Exception) -> DatabaseUnreachable:
    return DatabaseUnreachable(
        f"无法打开数据库：{str(error).strip()}。请检查 DATABASE_URL 或数据目录（--data）及其权限。"
    )
