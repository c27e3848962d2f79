"""One peer over texts given as JSON on stdin; run by `peers.py` in the peers' own environment, which has nothing of ours."""

import contextlib
import io
import json
import re
import sys
import time


def recognizers_number(text):
    """Numbers with their places; a value alone."""
    from recognizers_number import recognize_number

    return [(r.start, r.resolution["value"]) for r in recognize_number(text, "zh-cn") if r.resolution]


def recognizers_unit(text):
    """Money and dimensions with value and unit."""
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    found = [*recognize_currency(text, "zh-cn"), *recognize_dimension(text, "zh-cn")]
    return [(r.start, r.resolution["value"]) for r in found if r.resolution]


def jionlp_money(text):
    """Money, the only figures that it extracts; the value is in yuan."""
    import jionlp

    return [(m["offset"][0], m["detail"]["num"]) for m in jionlp.ner.extract_money(text, with_parsing=True)]


PEERS = {
    "recognizers-number": recognizers_number,
    "recognizers-unit": recognizers_unit,
    "jionlp-money": jionlp_money,
}


def main():
    peer = PEERS[sys.argv[1]]
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()):  # one of them advertises itself
        peer("共整改17个问题，追回资金3.5万元。")  # what is loaded once is not counted
        start = time.perf_counter()
        found = [
            [(at, value) for at, value in peer(text) if isinstance(value, str | int | float)]
            for text in texts
        ]
        seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "seconds": seconds,
                "found": [
                    [(at, re.sub(r"[^\d.\-]", "", str(value))) for at, value in each] for each in found
                ],
            }
        )
    )


main()
