"""数据库角色 (PostgreSQL): one role owns and builds the tables, the application's role may do what the application does, and no more.

1. What the application's role can never do, whoever has broken into the application: change, remove or empty an event, an entry of the index or a
   head; disable a trigger, alter or make a table; delete a row of any table that is journaled.
2. The owner is named by ZHENGGAI_OWNER_URL, which only whoever upgrades needs to know; the application by DATABASE_URL.
3. ``grant`` may run again and again; it first takes away whatever was granted.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import Model

from zhenggai.config.environment import owner_database
from zhenggai.core.errors import Refusal
from zhenggai.journal.snapshots import all_journaled

APPEND, CHANGE, FREE, READ = (
    "SELECT, INSERT",
    "SELECT, INSERT, UPDATE",
    "SELECT, INSERT, UPDATE, DELETE",
    "SELECT",
)
_FREE_APPS = frozenset({"sessions", "axes"})
"""Apps whose rows come and go without an act."""

_DELETED = {
    "ledger.reportedfigure": "figures of a draft that nobody decided on go with its next saving; the event says so"
}
"""Journaled kinds whose rows an act deletes, each with the reason."""


class RolesRefused(Refusal):
    """无法分设数据库角色: no owner named, no such role, or one that could take everything back."""

    code = "roles_refused"


@contextmanager
def as_owner() -> Iterator[str]:
    """Be connected as the owner of the tables, if one is named; gives the application's role then, else an empty text."""
    own = owner_database()
    if own is None:
        yield ""
        return
    # The application's own connection stays open aside: it may hold the lock of whoever builds.
    before, aside = dict(connection.settings_dict), connection.connection
    connection.connection = None
    connection.settings_dict.update(own)
    try:
        yield str(before["USER"])
    finally:
        connection.close()
        connection.settings_dict.update(before)
        connection.connection = aside


def rights() -> dict[str, str]:
    """Table → what the application's role may do with its rows."""
    journaled = {declared.model: declared.kind for declared in all_journaled()}
    return {model._meta.db_table: _rights_on(model, journaled) for model in apps.get_models()} | {
        "django_migrations": READ
    }


def _rights_on(model: type[Model], journaled: dict[type[Model], str]) -> str:
    label = model._meta.app_label
    if label == "journal":
        return f"{APPEND}, UPDATE (salt, value)" if model.__name__ == "Pseudonym" else APPEND
    if model in journaled:
        return FREE if journaled[model] in _DELETED else CHANGE
    return FREE if label in _FREE_APPS or model.__module__.startswith("zhenggai.") else READ


def grant(role: str) -> None:
    """Grant the application's role exactly what it needs, connected as the owner. RolesRefused."""
    _check(role)
    quoted = connection.ops.quote_name(role)
    statements = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {quoted}",
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {quoted}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {quoted}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
        *(
            f"GRANT {allowed} ON {connection.ops.quote_name(table)} TO {quoted}"
            for table, allowed in rights().items()
        ),
    ]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def _check(role: str) -> None:
    """Refuse what would leave the application's role able to take everything back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = str(cursor.fetchone()[0])
        cursor.execute(
            "SELECT rolsuper, pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s",
            [owner, role],
        )
        found = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", [role]
        )
        owned = cursor.fetchone()[0]
    if found is None:
        raise RolesRefused(
            f"数据库中没有角色“{role}”，请先由管理员建立：CREATE ROLE {role} LOGIN PASSWORD '…'。"
        )
    if role == owner or found[0] or found[1]:
        raise RolesRefused(
            f"DATABASE_URL 的角色“{role}”就是表的所有者，或是超级用户、所有者的成员，授权对它不起作用。请另建一个普通角色供系统使用。"
        )
    if owned:
        raise RolesRefused(
            f"有 {owned} 个表属于角色“{role}”，它可以随时取消限制。请先由管理员执行：REASSIGN OWNED BY {role} TO {owner}。"
        )
