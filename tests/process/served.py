"""A system of its own for a test: its own data folder, its own database, its own processes."""

import os
import pathlib
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

ROOT = pathlib.Path(__file__).resolve().parents[2]


@contextmanager
def environment(folder: pathlib.Path) -> Iterator[dict[str, str]]:
    """Environment of a system in this folder; on PostgreSQL it gets a database that is dropped afterwards."""
    own = {**os.environ, "ZHENGGAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "zhenggai.config.settings"}
    own.pop("ZHENGGAI_SECRET_KEY", None)
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield own
        return
    name = f"own_{uuid.uuid4().hex[:12]}"
    _administer(server, f'CREATE DATABASE "{name}"')
    head, _, tail = server.partition("?")
    own["DATABASE_URL"] = f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{tail}" if tail else "")
    try:
        yield own
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def zhenggai(
    *arguments: str, env: dict[str, str], ok: bool = True, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it printed; fail the test unless it ends as expected."""
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai.config.command", *arguments],
        env=env, input=typed, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) == ok, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done
