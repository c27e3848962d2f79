"""Damage files for a while: `python -m fuzz.run SECONDS` (from packages/gongwen/tests; `make fuzz`). Prints the seed of each failure."""

from __future__ import annotations

import random
import sys
import time

from fuzz.damage import DAMAGES
from fuzz.files import APART, files
from gongwen import GongwenError, extract

SLOW = 20.0
# Of what starts a process for each file, one in so many.
SELDOM = 25


def failure(name: str, seed: int) -> str:
    """Damage a file by its seed and open it; what went wrong, empty if it gave text or a sentence in time."""
    chance = random.Random(seed)
    data = chance.choice(DAMAGES)(files()[name], chance)
    started = time.perf_counter()
    try:
        text = extract(data, name=name).text
        wrong = "" if isinstance(text, str) else "no text"
    except GongwenError as refused:
        said = str(refused)
        wrong = "" if said.startswith(f"{name}：") and "请" in said else f"a poor sentence: {said}"
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  (panics of native code are no Exception)
        wrong = f"{type(error).__name__}: {error}"
    seconds = time.perf_counter() - started
    return wrong or (f"took {seconds:.0f} s" if seconds > SLOW else "")


def main(seconds: float) -> int:
    """Go on until the time is over."""
    end = time.monotonic() + seconds
    seed = tried = failed = 0
    while time.monotonic() < end:
        seed += 1
        for name in files():
            if name in APART and seed % SELDOM:
                continue
            tried += 1
            wrong = failure(name, seed)
            if wrong:
                failed += 1
                print(f"{name} seed {seed}: {wrong}", flush=True)
    print(f"{tried} files, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0))
