"""``zhenggai journal``: the trail of official acts, checked here and by outsiders."""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.config.files import write_whole

if TYPE_CHECKING:
    from zhenggai.journal.heads import Head
    from zhenggai.journal.verify import Report

HELP = "核验日志：哈希链是否完整，台账现有内容是否与日志一致；树头、导出与证明"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the journal."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify", help="核验日志与台账", description="核验日志与台账；发现问题时退出码为 1。"
    )
    _add_heads(verify, "另行保存的树头，可多次；到最后一个树头为止的任何改动都能查出")
    verify.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    head = actions.add_parser(
        "head", help="签出树头", description="签出截至目前的树头，请保存到本系统以外的地方。"
    )
    where = head.add_mutually_exclusive_group()
    where.add_argument(
        "--daily", action="store_true", help="写入树头文件夹（ZHENGGAI_HEADS）；今天的已在时什么也不做"
    )
    _add_out(where)
    export = actions.add_parser("export", help="导出全部日志", description="导出全部日志，供外部核验。")
    _add_out(export)
    export.add_argument("--verifier", type=Path, metavar="FILE", help="同时写出不依赖本系统的核验程序")
    prove = actions.add_parser(
        "prove", help="出具证明", description="证明一条日志在树头之内；或给出两个树头，证明后者延续前者。"
    )
    prove.add_argument("seq", nargs="?", type=int, metavar="SEQ", help="日志序号")
    _add_heads(prove, "树头；省略时签出新的。证明延续时给出两个，先旧后新，或只给旧的一个")
    _add_out(prove)


def _add_heads(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--head", action="append", default=[], type=Path, metavar="FILE", help=words)


def _add_out(parser: "argparse._ActionsContainer") -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="写入文件；省略时输出到屏幕")


def run(options: argparse.Namespace) -> int:
    """Do what was asked; 1 if a fault was found."""
    from zhenggai.config.database import make_ready

    make_ready()
    return {"verify": _verify, "head": _head, "export": _export, "prove": _prove}[options.action](options)


def _heads(files: Iterable[Path]) -> "list[Head]":
    from zhenggai.journal.heads import Head, HeadRefused

    heads = []
    for file in files:
        try:
            heads.append(Head.parse(file.read_text(encoding="utf-8"), name=str(file)))
        except OSError as error:
            raise HeadRefused(f"{file} 无法打开（{error.strerror}），请核对路径和权限。") from error
        except UnicodeDecodeError as error:
            raise HeadRefused(f"{file} 不是树头文件，请选择用 zhenggai journal head 写出的文件。") from error
    return heads


def _verify(options: argparse.Namespace) -> int:
    from zhenggai.journal.verify import verify

    heads = _heads(options.head)
    started = time.perf_counter()
    report = verify(heads=heads)
    seconds = time.perf_counter() - started
    if options.json:
        print(json.dumps(report.as_dict() | {"seconds": round(seconds, 3)}, ensure_ascii=False))
    else:
        _tell(report, seconds)
    return 0 if report.sound else 1


def _tell(report: "Report", seconds: float) -> None:
    for fault in report.faults:
        print(f"✗ {fault.sentence}")
    if not report.sound:
        print(
            f"核验未通过：读到 {report.events} 条日志，最先出现问题的一处见第一行。请保留现场，从备份比对。"
        )
        return
    print(
        f"核验通过：{report.events} 条日志首尾相接，{report.rows} 行台账与日志一致，与 {report.heads} 个树头相符，用时 {seconds:.1f} 秒。"
    )
    print(f"最后一条日志的摘要：{report.head}")


def _head(options: argparse.Namespace) -> int:
    from zhenggai.config.daily import write_daily
    from zhenggai.journal.heads import sign_head

    if options.daily:
        print(write_daily() or "今天的树头已经写出。")
    else:
        _write([sign_head().as_text()], options.out)
    return 0


def _export(options: argparse.Namespace) -> int:
    from zhenggai.journal.outside import verify_journal
    from zhenggai.journal.proofs import export_lines

    _write(export_lines(), options.out)
    if options.verifier:
        write_whole(options.verifier, [Path(verify_journal.__file__).read_bytes()])
    return 0


def _prove(options: argparse.Namespace) -> int:
    from zhenggai.journal import proofs
    from zhenggai.journal.heads import sign_head

    heads = _heads(options.head)
    if options.seq is not None:
        proof = proofs.inclusion(options.seq, heads[-1] if heads else sign_head())
    elif heads:
        proof = proofs.consistency(heads[0], heads[1] if len(heads) > 1 else sign_head())
    else:
        print("请给出日志序号，或用 --head 给出要证明其延续的树头。", file=sys.stderr)
        return 2
    _write([json.dumps(proof, ensure_ascii=False, indent=1) + "\n"], options.out)
    return 0


def _write(lines: Iterable[str], out: Path | None) -> None:
    """Write to a file or to the screen."""
    if out is None:
        sys.stdout.writelines(lines)
    else:
        write_whole(out, (line.encode("utf-8", "surrogatepass") for line in lines))
