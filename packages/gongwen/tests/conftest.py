"""The reader is tested as if Django and the system were not installed: importing them fails."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec

FOREIGN = ("django", "zhenggai")


class _NotInstalled(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname.partition(".")[0] in FOREIGN:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


# When the whole repository is tested in one go, Django is there before us.
if not set(FOREIGN) & set(sys.modules):
    sys.meta_path.insert(0, _NotInstalled())
