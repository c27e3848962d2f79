"""Collects the Chinese messages for translation and compiles the English ones. Needs GNU gettext (`make setup` installs it)."""

import pathlib
import subprocess
import sys

import polib

WEB = pathlib.Path(__file__).resolve().parent.parent / "src" / "zhenggai" / "web"


def main() -> int:
    """Bring django.po up to date, compile it, and say what still lacks English."""
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "--add-location=file"],
        cwd=WEB,
        check=True,
    )
    catalogue = polib.pofile(str(WEB / "locale/en/LC_MESSAGES/django.po"))
    catalogue.save_as_mofile(str(WEB / "locale/en/LC_MESSAGES/django.mo"))
    waiting = [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()]
    print("\n".join(["all messages have English" if not waiting else "still to be translated:", *waiting]))
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
