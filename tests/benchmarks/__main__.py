"""``make bench``: import, decisions, verification, the reading desk, proposals, checks and public pages, each against its floor, in a data folder of its own.

SQLite in a file, or PostgreSQL with ZHENGGAI_TEST_DATABASE=postgresql. Ends by itself within a few minutes; ``python -m tests.benchmarks verifying``
(or ``importing``, ``public``; ``desk`` after ``importing``) measures that alone.
"""

import sys

import django


def main() -> None:
    import tests.settings  # noqa: F401  # chooses the database and the folder

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import get_runner, setup_databases, setup_test_environment, teardown_databases  # noqa: F401

    # In a file as in real use: what is in the memory of one process cannot be read by a second.
    connection.settings_dict["TEST"]["NAME"] = (
        str(settings.DATA / "bench.sqlite3") if connection.vendor == "sqlite" else None
    )
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        from tests.benchmarks import checking, composing, desk, importing, public, verifying

        print(f"-- {connection.vendor}; median of several runs; ratios to the floor named")
        modules = {
            "importing": importing, "verifying": verifying, "desk": desk, "composing": composing, "checking": checking, "public": public,
        }  # fmt: skip
        for name in sys.argv[1:] or modules:
            for line in modules[name].run():
                print(line, flush=True)
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    main()
