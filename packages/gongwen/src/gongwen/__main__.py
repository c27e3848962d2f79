"""`python -m gongwen`."""

from __future__ import annotations

import sys

from gongwen.cli import main

sys.exit(main())
