"""``make bench``: import, decisions, verification and the reading desk, each against its floor, in a data folder of its own.

SQLite, or PostgreSQL with ZHENGGAI_TEST_DATABASE=postgresql. Ends by itself within a few minutes.
"""

import django


def main() -> None:
    import tests.settings  # noqa: F401  # chooses the database and the folder

    django.setup()
    from django.db import connection
    from django.test.utils import get_runner, setup_databases, setup_test_environment, teardown_databases  # noqa: F401

    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        from tests.benchmarks import desk, importing, verifying

        print(f"-- {connection.vendor}; median of several runs; ratios to the floor named")
        for module in (importing, verifying, desk):
            for line in module.run():
                print(line, flush=True)
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    main()
