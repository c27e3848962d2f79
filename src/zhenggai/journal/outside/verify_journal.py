#!/usr/bin/env python3
"""核验日志: checks an exported journal, or a proof, against signed heads kept elsewhere. One file, Python 3.11 and nothing else.

    python3 verify_journal.py journal.jsonl --head head.json [--head ...]
    python3 verify_journal.py --proof proof.json [--head head.json]
    --key HEX: the signer's public key, if it was received some other way

What it relies on
1. An event's digest covers its body and the digest of the event before it.
2. A head's root is that of the tree (RFC 9162) whose leaves are the digests of the first `size` events.
3. A head is signed over its own canonical JSON without the signature.
4. A journal uses SHA-256 and Ed25519 (RFC 8032), or SM3 (GB/T 32905) and SM2 (GB/T 32918.2), as it says; SM3 is asked of Python's own OpenSSL.
Exit status 0: everything agrees; 1: something does not, or a file is not what it should be; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

EVENT_DOMAIN = b"zhenggai.event.1\n"
HEAD_DOMAIN = b"zhenggai.head.1\n"
GENESIS = "0" * 64


class Refused(Exception):  # noqa: N818
    """不符: a sentence for the person who checks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the command line names; print what was found."""
    options = _options(arguments)
    try:
        heads = [head_from(Path(name), options.key) for name in options.head]
        said = check_proof(Path(options.proof), heads, options.key) if options.proof else ""
        said += check_export(Path(options.journal), heads) if options.journal else ""
    except Refused as refused:
        print(f"✗ {refused}")
        return 1
    print(said)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="核验导出的日志或证明，对照另行保存的树头。")
    parser.add_argument("journal", nargs="?", help="zhenggai journal export 写出的文件")
    parser.add_argument("--head", action="append", default=[], metavar="FILE", help="另行保存的树头，可多次")
    parser.add_argument("--proof", metavar="FILE", help="zhenggai journal prove 写出的证明")
    parser.add_argument("--key", metavar="HEX", help="签名公钥，若已另行获知")
    options = parser.parse_args(arguments)
    if not options.journal and not options.proof:
        parser.error("请给出导出的日志或 --proof 证明文件")
    return options


# ---- files ----


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{file}：无法打开（{error.strerror}）。") from None
    except ValueError:
        raise Refused(f"{file}：不是 JSON 文件。") from None


def head_from(file: Path, key: str | None) -> dict[str, Any]:
    """A head whose signature is its key's."""
    return checked_head(_json(file), str(file), key)


def checked_head(head: Any, name: str, key: str | None) -> dict[str, Any]:
    """The same head, if it is one and its signature holds."""
    if not isinstance(head, dict) or head.get("format") != "zhenggai-head/1":
        raise Refused(f"{name}：不是树头。")
    if head.get("hash") not in HASHES or head.get("algorithm") not in SIGNATURES:
        raise Refused(f"{name}：算法 {head.get('hash')}、{head.get('algorithm')} 不支持。")
    if key and head.get("key") != key.lower():
        raise Refused(f"{name}：签名的公钥不是所给的公钥。")
    said = {field: value for field, value in head.items() if field != "signature"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        public, signature = bytes.fromhex(head["key"]), bytes.fromhex(head["signature"])
        holds = SIGNATURES[head["algorithm"]](public, signature, HEAD_DOMAIN + text.encode())
    except (KeyError, TypeError, ValueError):
        holds = False
    if not holds:
        raise Refused(f"{name}：签名与内容不符。")
    return head


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
        path = [bytes.fromhex(node) for node in proof["proof"]]
        return {"inclusion": _inclusion, "consistency": _consistency}[proof["kind"]](proof, path, heads, key)
    except (KeyError, TypeError, ValueError):
        raise Refused(f"{file}：证明的内容不完整。") from None


def _inclusion(
    proof: dict[str, Any], path: list[bytes], heads: Sequence[dict[str, Any]], key: str | None
) -> str:
    head = checked_head(proof["head"], "证明所附的树头", key)
    _check_held(head, heads)
    digest = bytes.fromhex(event_digest(proof["previous"], proof["body"], head["hash"]))
    if json.loads(proof["body"]).get("seq") != proof["seq"]:
        raise Refused("证明所附的日志不是所说的那一条。")
    if not includes(digest, proof["seq"] - 1, head["size"], path, bytes.fromhex(head["root"]), head["hash"]):
        raise Refused(f"第 {proof['seq']} 条日志不在 {head['at']} 的树头之内。")
    return f"核验通过：第 {proof['seq']} 条日志在 {head['at']} 的树头（{head['size']} 条）之内，内容未变：\n{proof['body']}\n"


def _consistency(
    proof: dict[str, Any], path: list[bytes], heads: Sequence[dict[str, Any]], key: str | None
) -> str:
    first, second = (checked_head(proof[name], "证明所附的树头", key) for name in ("first", "second"))
    _check_held(first, heads)
    roots = [bytes.fromhex(head["root"]) for head in (first, second)]
    same = first["hash"] == second["hash"]
    if not same or not consistent(first["size"], roots[0], second["size"], roots[1], path, first["hash"]):
        raise Refused(f"{second['at']} 的树头不是由 {first['at']} 的树头延续而来：历史被改写过。")
    return f"核验通过：{first['at']} 的 {first['size']} 条日志是 {second['at']} 的 {second['size']} 条的开头，没有改动。\n"


def _check_held(head: dict[str, Any], heads: Sequence[dict[str, Any]]) -> None:
    if heads and head not in heads:
        raise Refused("证明所附的树头不是您另行保存的树头。")


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
