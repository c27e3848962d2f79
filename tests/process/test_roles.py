"""Roles of the database (PostgreSQL): the application works under a role that cannot touch what the journal holds."""

import os
import uuid
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.conftest import SAMPLES
from tests.process.served import zhenggai

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="roles are PostgreSQL's"),
]


def address(url, user, database):
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{place}", path=f"/{database}"))


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """A system built by the owner of its database and used by another role."""
    import psycopg

    server, mark = os.environ["DATABASE_URL"], uuid.uuid4().hex[:8]
    owner, app, database = f"owner_{mark}", f"app_{mark}", f"roles_{mark}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {owner} LOGIN")
        admin.execute(f"CREATE ROLE {app} LOGIN")
        admin.execute(f"CREATE DATABASE {database} OWNER {owner}")
        yield {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "zhenggai.config.settings",
            "ZHENGGAI_DATA": str(tmp_path_factory.mktemp("roles") / "data"),
            "DATABASE_URL": address(server, app, database),
            "ZHENGGAI_OWNER_URL": address(server, owner, database),
        }
        admin.execute(f"DROP DATABASE {database} WITH (FORCE)")
        admin.execute(f"DROP ROLE {app}")
        admin.execute(f"DROP ROLE {owner}")


@pytest.fixture(scope="module")
def working(env):
    """The same once a document was read; the owner is no longer known."""
    zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--accept-all", env=env)
    own = {**env}
    del own["ZHENGGAI_OWNER_URL"]
    return own


def test_the_system_works_under_its_role(working, env, tmp_path):
    words = ["--role", "office", "--title", "整改办经办人", "--unit", "浅溪县委巡察整改办"]
    zhenggai("account", "add", "chen", "--name", "陈某", *words, env=working, typed="长而好记的-passphrase\n")
    edition = str(SAMPLES / "lanjiang-2026-edition-2.txt")
    zhenggai("import", edition, "--as", "chen", "--accept-all", env=working)
    zhenggai("journal", "head", "--daily", env=working)
    assert zhenggai("journal", "verify", env=working).stdout.startswith("核验通过")


@pytest.mark.parametrize(
    "statement",
    [
        *(
            form.format(table=table)
            for table in ("journal_event", "journal_changedrow", "journal_treehead")
            for form in (
                "UPDATE {table} SET id = id" if table != "journal_event" else "UPDATE {table} SET act = act",
                "DELETE FROM {table}",
                "TRUNCATE {table}",
                "ALTER TABLE {table} DISABLE TRIGGER ALL",
                "DROP TABLE {table}",
                "DROP TRIGGER {table}_no_change ON {table}",
                "ALTER TABLE {table} OWNER TO CURRENT_USER",
                "CREATE TRIGGER x BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION journal_refuse_change()",
            )
        ),
        "UPDATE journal_pseudonym SET whom = whom",
        "UPDATE journal_pseudonym SET token = token",
        "DELETE FROM journal_pseudonym",
        "TRUNCATE journal_pseudonym",
        "ALTER TABLE journal_pseudonym DISABLE TRIGGER ALL",
        "DELETE FROM ledger_finding",
        "DELETE FROM ledger_proposal",
        "DELETE FROM parties_person",
        "DELETE FROM evidence_sourcedocument",
        "TRUNCATE ledger_measure CASCADE",
        "ALTER TABLE ledger_finding ADD COLUMN x int",
        "UPDATE django_migrations SET app = app",
        "CREATE TABLE mine (n int)",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_what_the_role_may_not_do(working, statement):
    import psycopg

    with (
        psycopg.connect(working["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_sessions_come_and_go(working):
    import psycopg

    with psycopg.connect(working["DATABASE_URL"]) as connection:
        connection.execute("DELETE FROM django_session")
        connection.execute("DELETE FROM axes_accessattempt")


def test_granting_again_takes_back_what_was_given_besides(env, working):
    import psycopg

    app = urlsplit(env["DATABASE_URL"]).username
    with psycopg.connect(env["ZHENGGAI_OWNER_URL"], autocommit=True) as owner:
        owner.execute(f"GRANT ALL ON journal_event TO {app}")
    for _ in range(2):
        assert f"角色“{app}”只能追加日志" in zhenggai("database", "roles", env=env).stdout
    zhenggai("manage", "migrate", env=env)
    with (
        psycopg.connect(working["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM journal_event")
    assert zhenggai("journal", "verify", env=working).stdout.startswith("核验通过")


def test_what_is_no_separation_is_refused(env, working):
    import psycopg

    same = {**env, "DATABASE_URL": env["ZHENGGAI_OWNER_URL"]}
    assert "就是表的所有者" in zhenggai("database", "roles", env=same, ok=False).stderr
    assert "ZHENGGAI_OWNER_URL" in zhenggai("database", "roles", env=working, ok=False).stderr
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        app, owner = (urlsplit(env[name]).username for name in ("DATABASE_URL", "ZHENGGAI_OWNER_URL"))
        admin.execute(f"GRANT {owner} TO {app}")
        assert "成员" in zhenggai("database", "roles", env=env, ok=False).stderr
        admin.execute(f"REVOKE {owner} FROM {app}")
    nonsense = {**env, "ZHENGGAI_OWNER_URL": "mysql://x"}
    assert "ZHENGGAI_OWNER_URL 无法识别" in zhenggai("database", "roles", env=nonsense, ok=False).stderr
