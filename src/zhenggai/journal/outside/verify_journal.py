#!/usr/bin/env python3
"""核验: checks a published edition, an exported journal, or a proof, against signed heads kept elsewhere. One file, Python 3.11 and nothing else.

    python3 verify_journal.py --edition edition.json [--page page.html ...] [--head head.json] [--proof consistency.json]
    python3 verify_journal.py journal.jsonl --head head.json [--head ...]
    python3 verify_journal.py --proof proof.json [--head head.json]
    --key HEX: the signer's public key, if it was received some other way

What it relies on
1. An event's digest covers its body and the digest of the event before it.
2. A head's root is that of the tree (RFC 9162) whose leaves are the digests of the first `size` events.
3. A head is signed over its own canonical JSON without the signature.
4. An edition's digest covers its content; an event of the journal names that digest, and one more (销号凭据) each closure of the content.
5. A journal uses SHA-256 and Ed25519 (RFC 8032), or SM3 (GB/T 32905) and SM2 (GB/T 32918.2), as it says; SM3 is asked of Python's own OpenSSL.
Exit status 0: everything agrees; 1: something does not, or a file is not what it should be; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

EVENT_DOMAIN = b"zhenggai.event.1\n"
HEAD_DOMAIN = b"zhenggai.head.1\n"
EDITION_DOMAIN = b"zhenggai.edition.1\n"
GENESIS = "0" * 64


HEAD = dict.fromkeys(("format", "root", "last", "at", "hash", "algorithm", "key", "signature"), str) | {
    "size": int
}
"""What a head consists of, and nothing else."""


class Refused(Exception):  # noqa: N818
    """不符: a sentence for the person who checks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the command line names; print what was found."""
    if hasattr(sys.stdout, "reconfigure"):  # a file may hold what the screen's encoding does not
        sys.stdout.reconfigure(errors="backslashreplace")
    options = _options(arguments)
    try:
        heads = [checked_head(_json(Path(name)), name, options.key) for name in options.head]
        if options.edition:
            said = check_edition(options, heads)
        else:
            said = check_proof(Path(options.proof), heads, options.key) if options.proof else ""
        said += check_export(Path(options.journal), heads) if options.journal else ""
    except Refused as refused:
        print(f"✗ {refused}")
        return 1
    print(said)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="核验公布的版本、导出的日志或证明，对照另行保存的树头。")
    parser.add_argument("journal", nargs="?", help="zhenggai journal export 写出的文件")
    parser.add_argument("--edition", metavar="FILE", help="随版本公布的核验文件")
    parser.add_argument(
        "--page", action="append", default=[], metavar="FILE", help="与版本逐段核对的网页或文本"
    )
    parser.add_argument("--head", action="append", default=[], metavar="FILE", help="另行保存的树头，可多次")
    parser.add_argument("--proof", metavar="FILE", help="zhenggai journal prove 写出的证明")
    parser.add_argument("--key", metavar="HEX", help="签名公钥，若已另行获知")
    options = parser.parse_args(arguments)
    if not (options.journal or options.proof or options.edition):
        parser.error("请给出 --edition 核验文件、导出的日志或 --proof 证明文件")
    if options.page and not options.edition:
        parser.error("--page 须与 --edition 合用")
    return options


# ---- files ----


def _json(file: Path) -> Any:
    try:
        return json.loads(_read(file), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Refused(f"{file}：不是 JSON 文件。") from None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(f"{file}：无法打开（{error.strerror}）。") from None
    except UnicodeDecodeError:
        raise Refused(f"{file}：不是 UTF-8 编码的文件。") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which nothing is said twice: readers differ in which of the two they take."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise Refused("文件中有的项目出现了两次，不能核验。")
    return said


def canonical(value: Any) -> bytes:
    """JSON in its one canonical form: sorted keys, no blanks."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def checked_head(head: Any, name: str, key: str | None) -> dict[str, Any]:
    """The same head, if it is one and its signature is its key's."""
    if not isinstance(head, dict) or head.get("format") != "zhenggai-head/1":
        raise Refused(f"{name}：不是树头。")
    if {field: type(value) for field, value in head.items()} != HEAD:
        raise Refused(f"{name}：树头的内容不完整，或有多余的项目。")
    if head["hash"] not in HASHES or head["algorithm"] not in SIGNATURES:
        raise Refused(f"{name}：算法 {head['hash']}、{head['algorithm']} 不支持。")
    if key and head["key"] != key.lower():
        raise Refused(f"{name}：签名的公钥不是所给的公钥。")
    said = {field: value for field, value in head.items() if field != "signature"}
    try:
        public, signature = bytes.fromhex(head["key"]), bytes.fromhex(head["signature"])
        holds = SIGNATURES[head["algorithm"]](public, signature, HEAD_DOMAIN + canonical(said))
    except ValueError:
        holds = False
    if not holds:
        raise Refused(f"{name}：签名与内容不符。")
    return head


# ---- a published edition ----

SEAL = ("inspection", "number", "cycle", "grade", "closed_on", "closure_digest", "evidence")
"""What a seal (销号凭据) says of a closure, under the same names in the content of an edition."""


def check_edition(options: argparse.Namespace, heads: Sequence[dict[str, Any]]) -> str:
    """Check an edition, with pages that show it, against heads and a proof of consistency; say what was found."""
    package = _json(Path(options.edition))
    head, said = checked_edition(package, options.key)
    if heads and head not in heads:
        _check_linked(head, heads, options)
    for page in options.page:
        said += check_page(package["content"]["paragraphs"], Path(page))
    if not heads and not options.key:
        said += "\n注意：没有给出公钥或另行保存的树头，以上只说明文件自身前后一致，不能说明出自谁手。请用 --key 或 --head 再核。"
    return said


def checked_edition(package: Any, key: str | None = None) -> tuple[dict[str, Any], str]:
    """Check all that an edition's file can show by itself: the head on which it rests, and sentences about what agrees."""
    if not isinstance(package, dict) or package.get("format") != "zhenggai-edition/1":
        raise Refused("所给的不是版本的核验文件。")
    head = checked_head(package.get("head"), "版本所附的树头", key)
    try:
        return head, _checked_content(package, package["content"], head)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
        raise Refused("版本的核验文件内容不完整，或有的项目不是应有的样子。") from None


def _checked_content(package: dict[str, Any], content: dict[str, Any], head: dict[str, Any]) -> str:
    name = head["hash"]
    digest = hashed(name, EDITION_DOMAIN + canonical(content)).hex()
    if (package["algorithm"], package["digest"]) != (name, digest):
        raise Refused("正文、数字或销号事项与摘要不符：公布以后被改动过。")
    if set(package["proofs"]) != {"edition", "closures"}:
        raise Refused("所附的证明不是版本和销号的证明。")
    frozen = _included(package["proofs"]["edition"], head, "本版的定版记录")
    said = {"content_digest": digest, "number": content["number"], "code": content["code"]}
    rows = [c["after"] for c in frozen["changes"] if c["kind"] == "bulletins.edition" and c["after"]]
    if not any(_agree(row, said, *said) for row in rows):
        raise Refused(
            f"第 {frozen['seq']} 条日志所定的不是这一版（编号 {content['code']}、第 {content['number']} 版、摘要 {digest[:16]}…）。"
        )
    closures, unread = content["closures"], _check_figures(content)
    "".join(paragraph["text"] for paragraph in content["paragraphs"])  # TypeError for what is no text
    _check_closures(closures, package["proofs"]["closures"], head, frozen["seq"])
    return (
        f"核验通过：《{content['title']}》，编号 {content['code']}，第 {content['number']} 版。\n"
        f"· {len(content['paragraphs'])} 段正文、{len(content['figures'])} 处数字、{len(closures)} 项销号与摘要 {digest} 相符；"
        f"数字的位置都对，{len(content['figures']) - unread} 处与所记数值一致，{unread} 处是约数、免予绑定或不能比对，未比数值。\n"
        f"· 定版记录是第 {frozen['seq']} 条日志（{frozen['at']}）；{len(closures)} 项销号各有凭据，逐项一致。\n"
        f"· 这些日志都在 {head['at']} 签出的树头（{head['size']} 条）之内，签名公钥 {head['key']}。"
    )


def _agree(one: dict[str, Any], other: dict[str, Any], *names: str) -> bool:
    """Whether both say the same under each of these names; 1 is not true and not 1.0."""
    said = [canonical([each[name] for name in names if name in each]) for each in (one, other)]
    return all(name in one for name in names) and said[0] == said[1]


def _check_closures(closures: list[Any], proofs: list[Any], head: dict[str, Any], frozen: int) -> None:
    if len(closures) != len(proofs):
        raise Refused(f"本版称有 {len(closures)} 项销号，所附的凭据却有 {len(proofs)} 份，应当一项一份。")
    seen: dict[bytes, int] = {}
    for n, (closure, proof) in enumerate(zip(closures, proofs, strict=True), 1):
        where = f"销号第 {n} 项（{closure.get('inspection')} 第 {closure.get('number')} 号）"
        body = _included(proof, head, where)
        seals = [change for change in body["changes"] if change["kind"] == "ledger.seal"]
        if body["act"] != "closure.seal" or len(seals) != 1 or seals[0]["before"] is not None:
            raise Refused(f"{where}：第 {body['seq']} 条日志不是销号凭据。")
        seal = seals[0]["after"]
        for name in SEAL:
            if not _agree(closure, seal, name):
                said = f"本版为“{closure.get(name)}”，凭据为“{seal.get(name)}”"
                raise Refused(f"{where}：{name} 与凭据不符，{said}。")
        if body["seq"] >= frozen:
            raise Refused(f"{where}：凭据（第 {body['seq']} 条日志）晚于定版（第 {frozen} 条）。")
        twin = seen.setdefault(canonical([closure[name] for name in SEAL[:3]]), n)
        if twin != n:
            raise Refused(f"{where}：与第 {twin} 项是同一次销号，重复计算。")


# ---- the figures of an edition ----

_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_FIGURE = re.compile("(\\d[\\d,]*(?:\\.\\d+)?)([十百千万亿]*)|([零〇一二两三四五六七八九十百千万亿]+)")
_ROUGH = re.compile("[余多几近约超逾]|不足|接近|左右|上下|以[上下内外]|之内")
_OTHER = re.compile("分之|[成倍番半]")


def _check_figures(content: dict[str, Any]) -> int:
    """Hold each figure to its place and to what the file says of its value; return how many values could not be compared."""
    unread, texts = 0, [paragraph["text"] for paragraph in content["paragraphs"]]
    for n, figure in enumerate(content["figures"], 1):
        at, start, end, said = (figure[name] for name in ("paragraph", "start", "end", "text"))
        text = texts[at] if 0 <= at < len(texts) else ""
        where = f"数字第 {n} 处：第 {at + 1} 段"
        if not 0 <= start < end <= len(text) or text[start:end] != said:
            raise Refused(f"{where}第 {start + 1} 至 {end} 字是“{text[max(start, 0) : end]}”，不是“{said}”。")
        told = figure.get("source") != "waived" and not _ROUGH.search(text[max(0, start - 3) : end + 2])
        fits = _fits(said, figure.get("value")) if told else None
        if fits is False:
            raise Refused(f"{where}写的是“{said}”，所记的数值却是 {figure['value']}。")
        unread += fits is None
    return unread


def _fits(text: str, value: Any) -> bool | None:
    """Whether a number as it is written means the value, as exactly as it is written; None if that cannot be told."""
    text = unicodedata.normalize("NFKC", text).removeprefix("百分之")
    try:
        wanted = abs(Decimal(str(value)))
    except InvalidOperation:
        return None
    numbers = _FIGURE.findall(text)
    if not wanted.is_finite() or not numbers or _OTHER.search(text):
        return None
    for figures, units, chinese in numbers:
        number = Decimal(figures.replace(",", "")) if figures else _chinese(chinese)
        by = math.prod(_TIMES[unit] for unit in units)
        rounded = by > 1 or number != int(number)
        if wanted in (number, number * by):
            return True
        if rounded and (wanted / by).quantize(number, ROUND_HALF_UP) == number:
            return True
    return False


def _chinese(written: str) -> Decimal:
    """A number in Chinese numerals; a row of bare digits is read figure by figure."""
    digits = ["零一二三四五六七八九".find(c) for c in written.replace("〇", "零").replace("两", "二")]
    if min(digits) >= 0:
        return Decimal("".join(map(str, digits)))
    total = part = digit = 0
    for found, char in zip(digits, written, strict=True):
        if found >= 0:
            digit = found
        elif char == "亿":
            total, part, digit = (total + part + digit) * _TIMES[char], 0, 0
        elif char == "万":
            total, part, digit = total + (part + digit) * _TIMES[char], 0, 0
        else:
            part, digit = part + (digit or 1) * _TIMES[char], 0
    return Decimal(total + part + digit)


# ---- a page that shows an edition ----

_BLANK = re.compile("[\\s\u00ad\u200b\u2060\ufeff]+")
_UNCLOSED = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_UNSEEN = frozenset({"head", "title", "script", "style", "template", "noscript"})


class _Page(HTMLParser):
    """The text that a page shows: of the elements that hold an edition's text, else of all."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[str] = []
        self.everything: list[str] = []
        self._within: list[tuple[str, bool, bool]] = [("", True, False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said, (_, seen, marked) = dict(attrs), self._within[-1]
        marked = marked or "data-edition-text" in said or "gw-paper" in (said.get("class") or "").split()
        if not _UNCLOSED.fullmatch(tag):
            self._within.append((tag, seen and tag not in _UNSEEN and "hidden" not in said, marked))

    def handle_endtag(self, tag: str) -> None:
        at = max((n for n, (name, *_) in enumerate(self._within) if name == tag), default=0)
        if at:
            del self._within[at:]

    def handle_data(self, data: str) -> None:
        _, seen, marked = self._within[-1]
        if seen:
            self.everything.append(data)
        if seen and marked:
            self.marked.append(data)


def page_text(file: Path) -> str:
    """What a page says, without blanks."""
    kind, text = file.suffix.lower(), _read(file)
    if kind in (".html", ".htm"):
        page = _Page()
        page.feed(text)
        page.close()
        text = "".join(page.marked or page.everything)
    elif kind == ".md":
        text = re.sub(r"\\([!-/:-@\[-`{-~])|\*\*", r"\1", text)
    elif kind != ".txt":
        raise Refused(f"{file}：只能核对 .html、.txt、.md 文件；其他文件请先另存为文本。")
    return _BLANK.sub("", text)


def check_page(paragraphs: Sequence[dict[str, Any]], file: Path) -> str:
    """Find each paragraph of an edition on a page, in order; say what else the page has."""
    text, at, more = page_text(file), 0, []
    for n, paragraph in enumerate(paragraphs, 1):
        wanted = _BLANK.sub("", paragraph["text"])
        found = text.find(wanted, at)
        if found < 0:
            raise Refused(f"{file}：第 {n} 段{_difference(wanted, text[at:], text)}")
        more.append(text[at:found])
        at = found + len(wanted)
    more = [part for part in (*more, text[at:]) if part]
    rest = (
        f"页面另有 {sum(map(len, more))} 字不属于本版正文（如“{more[0][:30]}”），未作核对"
        if more
        else "没有其他文字"
    )
    return f"\n· {file}：{len(paragraphs)} 段依次都在，一字不差；{rest}。"


def _difference(wanted: str, text: str, everything: str) -> str:
    """Where a page says something else than a paragraph."""
    if wanted in everything:
        return f"（{wanted[:16]}…）不在应有的次序上。"
    same = next(end for end in range(len(wanted)) if wanted[: end + 1] not in text)
    start, least = text.find(wanted[:same]), min(4, len(wanted))
    if same < least:  # not even its beginning is there: the longest piece that is says where it stands
        search = SequenceMatcher(None, wanted, text[: len(wanted) * 3 + 5000], autojunk=False)
        match = search.find_longest_match()
        if match.size < least:
            return f"（{wanted[:16]}…）在页面上找不到。"
        start = max(0, match.b - match.a)
        same = next(at for at, char in enumerate(wanted) if text[start + at : start + at + 1] != char)
    around = slice(max(0, same - 10), same + 10)
    return f"第 {same + 1} 字起不同：本版为“…{wanted[around]}…”，页面为“…{text[start:][around]}…”。"


# ---- the whole journal ----


def check_export(file: Path, heads: Sequence[dict[str, Any]]) -> str:
    """Walk an exported journal: every digest, and the tree at the size of every head."""
    previous, count = GENESIS, 0
    full: list[bytes] = []
    waiting = {head["size"]: head for head in heads}
    announced, name = None, "sha256"
    for number, line in _lines(file):
        if number == 0:
            announced, name = _announced(file, line)
            if any(head["hash"] != name for head in heads):
                raise Refused(f"{file}：日志的算法是 {name}，与树头的不同。")
            continue
        count = number
        if not isinstance(line, dict) or line.get("seq") != number or line.get("previous") != previous:
            raise Refused(f"第 {number} 条日志没有接在前一条之后。")
        digest = event_digest(previous, str(line.get("body")), name)
        if line.get("digest") != digest:
            raise Refused(f"第 {number} 条日志的内容与其摘要不符。")
        previous = digest
        grow(full, number - 1, bytes.fromhex(digest), name)
        for head in heads:
            if head["size"] == number and root_over(full, name).hex() != head["root"]:
                raise Refused(f"前 {number} 条日志与 {head['at']} 的树头不符：其中有的被改动过。")
    short = [size for size in waiting if size > count]
    if announced != count or short:
        raise Refused(f"日志只有 {count} 条，少于所记的 {max([announced or 0, *short])} 条：末尾被删去。")
    return f"核验通过：{count} 条日志首尾相接，与 {len(heads)} 个树头相符。\n最后一条日志的摘要：{previous}"


def _announced(file: Path, line: Any) -> tuple[int, str]:
    is_export = isinstance(line, dict) and line.get("format") == "zhenggai-journal/1"
    if not is_export or not isinstance(line.get("events"), int):
        raise Refused(f"{file}：不是导出的日志。")
    name = str(line.get("hash", "sha256"))
    if name not in HASHES:
        raise Refused(f"{file}：算法 {name} 不支持。")
    return int(line["events"]), name


def _lines(file: Path) -> Iterator[tuple[int, Any]]:
    try:
        with file.open(encoding="utf-8", errors="surrogatepass") as lines:
            for number, line in enumerate(lines):
                try:
                    yield number, json.loads(line)
                except ValueError:
                    finding = f"第 {number + 1} 行不完整" if number else "不是导出的日志"
                    raise Refused(f"{file}：{finding}。") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file}：无法读取（{error}）。") from None


def hashed(name: str, data: bytes) -> bytes:
    """Digest by the named function."""
    try:
        return hashlib.new(name, data).digest()
    except ValueError:
        raise Refused(f"这里的 Python 没有算法 {name}，请换一台机器核验。") from None


def event_digest(previous: str, body: str, name: str = "sha256") -> str:
    """Digest of an event, given that of the one before it."""
    data = EVENT_DOMAIN + previous.encode("ascii") + b"\n" + body.encode("utf-8", "surrogatepass")
    return hashed(name, data).hex()


# ---- one proof ----


def check_proof(file: Path, heads: Sequence[dict[str, Any]], key: str | None) -> str:
    """Check a proof; with heads given, the proof must be about one of them."""
    proof = _json(file)
    if not isinstance(proof, dict) or proof.get("format") != "zhenggai-proof/1":
        raise Refused(f"{file}：不是证明。")
    try:
        return {"inclusion": _inclusion, "consistency": _consistency}[proof["kind"]](proof, heads, key)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Refused(f"{file}：证明的内容不完整。") from None


def _included(proof: dict[str, Any], head: dict[str, Any], what: str) -> dict[str, Any]:
    """The body of the event that a proof shows to be among those of a head."""
    if proof["head"] != head or (proof["format"], proof["kind"]) != ("zhenggai-proof/1", "inclusion"):
        raise Refused(f"{what}：所附的证明不属于这个树头。")
    body: dict[str, Any] = json.loads(proof["body"], object_pairs_hook=_once)
    digest = bytes.fromhex(event_digest(proof["previous"], proof["body"], head["hash"]))
    path = [bytes.fromhex(node) for node in proof["proof"]]
    if body.get("seq") != proof["seq"]:
        raise Refused(f"{what}：证明所附的日志不是所说的那一条。")
    if not includes(digest, proof["seq"] - 1, head["size"], path, bytes.fromhex(head["root"]), head["hash"]):
        raise Refused(f"{what}：第 {proof['seq']} 条日志不在 {head['at']} 的树头之内。")
    return body


def _inclusion(proof: dict[str, Any], heads: Sequence[dict[str, Any]], key: str | None) -> str:
    head = checked_head(proof["head"], "证明所附的树头", key)
    _check_held(head, heads)
    _included(proof, head, "证明")
    return f"核验通过：第 {proof['seq']} 条日志在 {head['at']} 的树头（{head['size']} 条）之内，内容未变：\n{proof['body']}\n"


def _consistency(proof: dict[str, Any], heads: Sequence[dict[str, Any]], key: str | None) -> str:
    first, second = (checked_head(proof[name], "证明所附的树头", key) for name in ("first", "second"))
    _check_held(first, heads)
    roots = [bytes.fromhex(head["root"]) for head in (first, second)]
    path = [bytes.fromhex(node) for node in proof["proof"]]
    same = first["hash"] == second["hash"]
    if not same or not consistent(first["size"], roots[0], second["size"], roots[1], path, first["hash"]):
        raise Refused(f"{second['at']} 的树头不是由 {first['at']} 的树头延续而来：历史被改写过。")
    return f"核验通过：{first['at']} 的 {first['size']} 条日志是 {second['at']} 的 {second['size']} 条的开头，没有改动。\n"


def _check_held(head: dict[str, Any], heads: Sequence[dict[str, Any]]) -> None:
    if heads and head not in heads:
        raise Refused("证明所附的树头不是您另行保存的树头。")


def _check_linked(head: dict[str, Any], heads: Sequence[dict[str, Any]], options: argparse.Namespace) -> None:
    """Hold an edition's head to one kept elsewhere: one of both must be the beginning of the other."""
    for held in heads:
        if held["size"] == head["size"] and (held["root"], held["hash"]) != (head["root"], head["hash"]):
            raise Refused(
                f"版本所附的树头与您保存的同为 {head['size']} 条，树根却不同：历史有两个版本，请留存两个文件。"
            )
    if not options.proof:
        sizes = "、".join(str(held["size"]) for held in heads)
        raise Refused(
            f"版本所附的树头（{head['size']} 条）不是您保存的树头（{sizes} 条）。请向公布单位索取两者之间的延续证明，用 --proof 给出。"
        )
    check_proof(Path(options.proof), [], options.key)
    ends = [_json(Path(options.proof)).get(name) for name in ("first", "second")]
    if head not in ends or not any(end in heads for end in ends):
        raise Refused(f"{options.proof}：不是版本所附的树头与您保存的树头之间的延续证明。")


# ---- the tree (RFC 9162, 2.1) ----


def leaf(digest: bytes, name: str) -> bytes:
    """Hash of a leaf."""
    return hashed(name, b"\x00" + digest)


def node(left: bytes, right: bytes, name: str) -> bytes:
    """Hash of an inner node."""
    return hashed(name, b"\x01" + left + right)


def grow(full: list[bytes], size: int, digest: bytes, name: str = "sha256") -> None:
    """Append a leaf to the full subtrees of a tree of `size` leaves."""
    new = leaf(digest, name)
    while size & 1:
        new = node(full.pop(), new, name)
        size >>= 1
    full.append(new)


def root_over(full: Sequence[bytes], name: str = "sha256") -> bytes:
    """The root over full subtrees, largest first."""
    root = full[-1]
    for left in reversed(full[:-1]):
        root = node(left, root, name)
    return root


def includes(
    digest: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, name: str = "sha256"
) -> bool:
    """Whether the proof leads from the leaf at `index` of `size` to the root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf(digest, name)
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node(sibling, found, name)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, sibling, name)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(
    first: int,
    first_root: bytes,
    second: int,
    second_root: bytes,
    proof: Sequence[bytes],
    name: str = "sha256",
) -> bool:
    """Whether the tree of `second` leaves begins with that of `first`."""
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(sibling, old, name), node(sibling, new, name)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, sibling, name)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


# ---- Ed25519 (RFC 8032, 5.1): verification only, so nothing secret passes through here ----

LENGTHS = (32, 64)
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def ed25519_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature of a message is the key's."""
    if (len(public), len(signature)) != LENGTHS:
        return False
    key, commitment = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public + message).digest()
    factor = int.from_bytes(challenge, "little") % ORDER
    return _same(_times(scalar, BASE), _sum(commitment, _times(factor, key)))


def _x(y: int, sign: int) -> int | None:
    """The x that belongs to a y on the curve, with the given lowest bit; None if there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(encoded: bytes) -> Point | None:
    number = int.from_bytes(encoded, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    x = _x(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    result = NEUTRAL
    while factor:
        if factor & 1:
            result = _sum(result, point)
        point = _sum(point, point)
        factor >>= 1
    return result


def _same(one: Point, other: Point) -> bool:
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


_BASE_Y = 4 * pow(5, -1, P) % P
_BASE_X = _x(_BASE_Y, 0) or 0
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


# ---- SM2 (GB/T 32918.2, GB/T 35276): verification only; the signer's name is the standard's default ----

SM2_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM2_A = SM2_P - 3
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
Flat = tuple[int, int] | None
SM2_G: Flat = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
SM2_SIGNER = b"1234567812345678"


def sm2_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature (r, s) of a message is the key's (04, x, y)."""
    if len(public) != 65 or public[0] != 4 or len(signature) != 64:  # noqa: PLR2004  # the lengths of the standard
        return False
    x, y = int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    on_curve = x < SM2_P and y < SM2_P and (y * y - (x**3 + SM2_A * x + SM2_B)) % SM2_P == 0
    both = (r + s) % SM2_N
    if not on_curve or not 0 < r < SM2_N or not 0 < s < SM2_N or not both:
        return False
    found = _sm2_sum(_sm2_times(s, SM2_G), _sm2_times(both, (x, y)))
    challenge = int.from_bytes(hashed("sm3", _sm2_signer(public) + message), "big")
    return found is not None and (challenge + found[0]) % SM2_N == r


def _sm2_signer(public: bytes) -> bytes:
    """Digest of who signs: name, curve and key."""
    numbers = (SM2_A, SM2_B, *(SM2_G or ()))
    curve = b"".join(number.to_bytes(32, "big") for number in numbers)
    return hashed("sm3", (len(SM2_SIGNER) * 8).to_bytes(2, "big") + SM2_SIGNER + curve + public[1:])


def _sm2_sum(one: Flat, other: Flat) -> Flat:
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % SM2_P == 0:
        return None
    if one == other:
        slope = (3 * one[0] * one[0] + SM2_A) * pow(2 * one[1], -1, SM2_P) % SM2_P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, SM2_P) % SM2_P
    x = (slope * slope - one[0] - other[0]) % SM2_P
    return x, (slope * (one[0] - x) - one[1]) % SM2_P


def _sm2_times(factor: int, point: Flat) -> Flat:
    result: Flat = None
    while factor:
        if factor & 1:
            result = _sm2_sum(result, point)
        point = _sm2_sum(point, point)
        factor >>= 1
    return result


HASHES = frozenset({"sha256", "sm3"})
SIGNATURES = {"ed25519": ed25519_verifies, "sm2": sm2_verifies}


if __name__ == "__main__":
    sys.exit(main())
