"""The command as people use it: outputs, refusals, exit status."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.process.served import ROOT, environment, zhenggai
from zhenggai.config.living.cast import PASSWORD, SEATS

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """A system with the demo in it."""
    with environment(tmp_path_factory.mktemp("demo") / "data") as env:
        zhenggai("demo", "--no-serve", env=env)
        yield env


def test_demo_twice_keeps_everything(env):
    before = zhenggai("journal", "verify", "--json", env=env).stdout
    said = zhenggai("demo", "--no-serve", env=env).stdout
    assert "读件台" in said
    for seat in SEATS:
        assert f" {seat.code} " in said
    assert PASSWORD in said
    after = zhenggai("journal", "verify", "--json", env=env).stdout
    assert json.loads(before)["head"] == json.loads(after)["head"]
    assert json.loads(after)["sound"] is True


def test_a_journal_is_checked_by_outsiders_with_what_they_were_given(env, tmp_path):
    head, journal, proof, verifier = (
        tmp_path / name for name in ("head.json", "j.jsonl", "p.json", "verify.py")
    )
    zhenggai("journal", "head", "--out", str(head), env=env)
    assert "个树头相符" in zhenggai("journal", "verify", "--head", str(head), env=env).stdout
    zhenggai("journal", "export", "--out", str(journal), "--verifier", str(verifier), env=env)
    zhenggai("journal", "prove", "2", "--head", str(head), "--out", str(proof), env=env)
    for given in ([str(journal)], ["--proof", str(proof)]):
        command = [sys.executable, "-I", "-S", str(verifier), *given, "--head", str(head)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_what_was_changed_is_found_by_two_processes(tmp_path):
    with environment(tmp_path / "data") as env:
        zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--accept-all", env=env)
        changes = {
            "from zhenggai.ledger.models import Finding as F; F.objects.filter(pk=1).update(title='x')": "反馈问题 1 的现有内容",
            "from zhenggai.ledger.models import Proposal as P; P.objects.filter(pk=2).update(payload={})": "建议 2 的所读内容",
        }
        for change, sentence in changes.items():
            zhenggai("manage", "shell", "-c", change, env=env)
            assert sentence in zhenggai("journal", "verify", env=env, ok=False).stdout


def test_a_journal_that_grows_meanwhile_is_verified_at_one_moment(tmp_path):
    with environment(tmp_path / "data") as env, ThreadPoolExecutor(1) as pool:
        zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--accept-all", env=env)
        growing = pool.submit(
            zhenggai, "import", str(SAMPLES / "lanjiang-2026-edition-2.txt"), "--accept-all", env=env
        )
        while not growing.done():
            assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


def test_the_daily_head_is_written_once_by_many_at_once(env, tmp_path):
    own = {**env, "ZHENGGAI_HEADS": str(tmp_path / "elsewhere")}
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(lambda _: zhenggai("journal", "head", "--daily", env=own).stdout, range(3)))
    (file,) = (tmp_path / "elsewhere").iterdir()
    assert sorted(said) == sorted([f"{file}\n", *["今天的树头已经写出。\n"] * 2])
    (tmp_path / "file").write_text("", encoding="ascii")
    own["ZHENGGAI_HEADS"] = str(tmp_path / "file" / "heads")
    assert "ZHENGGAI_HEADS" in zhenggai("journal", "head", "--daily", env=own, ok=False).stderr


ERASE = """
from zhenggai.parties.actions import *; from zhenggai.parties.models import *; from zhenggai.parties.permissions import System
by = System('test'); person = Person.objects.get(username='ouyang-daishan'); post = Post.objects.get(code='ouyang-daishan')
"""


def test_an_erased_name_is_in_no_file(tmp_path):
    name, steps = "欧阳待删", ("seat_post(post=post, holder=None, reason='调离', by=by)",)
    steps += (
        "disable_person(person=person, reason='调离', by=by)",
        "erase_person(person=person, reason='申请', by=by)",
    )
    with environment(tmp_path / "data") as env:
        words = ["--role", "office", "--title", "整改办经办人", "--unit", "浅溪县委巡察整改办"]
        zhenggai(
            "account",
            "add",
            "ouyang-daishan",
            "--name",
            name,
            *words,
            env=env,
            typed="长而好记的-passphrase\n",
        )
        zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--as", "ouyang-daishan", env=env)
        holding = [
            file
            for file in (tmp_path / "data").rglob("*")
            if file.is_file() and name.encode() in file.read_bytes()
        ]
        assert holding or "DATABASE_URL" in env
        zhenggai("manage", "shell", "-c", ERASE + "; ".join(steps), env=env)
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")
        for file in (tmp_path / "data").rglob("*"):
            assert not file.is_file() or name.encode() not in file.read_bytes(), file


def test_what_the_journal_commands_refuse(env, tmp_path):
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    refused = {
        ("verify", "--head", str(tmp_path / "no.json")): "不是树头文件",
        ("verify", "--head", str(tmp_path / "missing.json")): "无法打开",
        ("prove", "99999"): "没有第 99999 条日志",
        ("head", "--out", str(tmp_path / "nowhere" / "head.json")): "无法写入",
    }
    for words, sentence in refused.items():
        done = zhenggai("journal", *words, env=env, ok=False)
        assert done.returncode == 1, words
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
    assert zhenggai("journal", "prove", env=env, ok=False).returncode == 2


def test_import_json_counts_in_all_and_per_kind(env, tmp_path):
    file = tmp_path / "二版.txt"
    shutil.copy(SAMPLES / "lanjiang-2026-edition-2.txt", file)
    outcome = json.loads(zhenggai("import", str(file), "--json", env=env).stdout)
    for name in ("new", "changed", "unchanged", "missing"):
        assert outcome[name] == sum(kind[name] for kind in outcome["kinds"].values())
    assert outcome["changed"] > 0
    again = json.loads(zhenggai("import", str(file), "--json", env=env).stdout)
    assert (again["new"], again["changed"], again["missing"], again["repeated"]) == (0, 0, 0, True)


def test_a_failing_file_is_reported_and_the_others_are_done(env, tmp_path):
    good, bad = tmp_path / "好.md", tmp_path / "坏.bin"
    good.write_text("# 整改通报\n\n区委巡察办反馈问题3个。", encoding="utf-8")
    bad.write_bytes(b"\x00\x01\x02" * 50)
    done = zhenggai("import", str(bad), str(tmp_path / "没有.txt"), str(good), "--json", env=env, ok=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["document"] == "好.md"
    assert "坏.bin" in done.stderr
    assert "文件不存在" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import", "README.md", "--as", "nobody"], "没有代码为“nobody”的岗位"),
        (["import", "README.md", "--as", "reader"], "须由整改办办理"),
        (["import", "README.md", "--inspection", "1999-XS-01"], "没有编号为“1999-XS-01”的检查"),
        (["export", "1999-XS-01"], "没有编号为“1999-XS-01”的检查"),
    ],
)
def test_refusals_say_why(env, arguments, sentence):
    done = zhenggai(*arguments, env=env, ok=False)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_usage_errors_are_two(env):
    assert zhenggai("import", env=env, ok=False).returncode == 2
    assert zhenggai("dance", env=env, ok=False).returncode == 2


def test_export_to_file_and_to_stdout(env, tmp_path):
    code = json.loads(zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--json", env=env).stdout)[
        "inspection"
    ]
    printed = json.loads(zhenggai("export", code, env=env).stdout)
    assert printed["inspection"]["code"] == code
    out = tmp_path / "台账.xlsx"
    zhenggai("export", code, "--format", "xlsx", "--out", str(out), env=env)
    assert out.read_bytes()[:2] == b"PK"
    assert printed["documents"], "without --as the office asks"
    for form in ("xlsx", "docx"):
        part = tmp_path / f"list.{form}"
        words = ("--list", "tasks", "--format", form, "--out", str(part))
        zhenggai("export", code, *words, env=env)
        assert part.read_bytes()[:2] == b"PK"
    wrong = zhenggai("export", code, "--format", "docx", env=env, ok=False)
    assert "请加上 --list" in wrong.stderr
    assert "没有代码为“nobody”的岗位" in zhenggai("export", code, "--as", "nobody", env=env, ok=False).stderr
    refused = zhenggai(
        "export", code, "--out", str(tmp_path / "no" / "such" / "folder.json"), env=env, ok=False
    )
    assert "请换一个可写的位置" in refused.stderr


def test_a_new_folder_becomes_a_system_at_the_first_command(tmp_path):
    with environment(tmp_path / "new") as env:
        outcome = json.loads(
            zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--accept-all", "--json", env=env).stdout
        )
        assert outcome["new"] == outcome["accepted"] > 100
        report = json.loads(zhenggai("journal", "verify", "--json", env=env).stdout)
    assert report["sound"] is True


def test_a_database_of_another_version_is_left_alone(tmp_path):
    with environment(tmp_path / "old") as env:
        zhenggai("demo", "--no-serve", env=env)
        zhenggai("manage", "shell", "-c", OLDER, env=env)
        older = zhenggai("journal", "verify", env=env, ok=False)
        zhenggai("manage", "shell", "-c", NEWER, env=env)
        newer = zhenggai("journal", "verify", env=env, ok=False)
    assert "数据库需要升级，请先备份，再运行：zhenggai manage migrate" in older.stderr
    assert "由更新版本的程序建立" in newer.stderr


RECORDER = "from django.db.migrations.recorder import MigrationRecorder as R; from django.db import connection as c; "
OLDER = (
    RECORDER
    + "R(c).record_unapplied('ledger', max(n for a, n in R(c).applied_migrations() if a == 'ledger'))"
)
NEWER = RECORDER + "R(c).record_applied('ledger', '0999_from_the_future')"


def test_a_mistyped_folder_is_no_empty_system(tmp_path):
    with environment(tmp_path / "typo") as env:
        for words in (["journal", "verify"], ["export", "2025-XS-01"], ["serve"]):
            assert "没有系统数据" in zhenggai(*words, env=env, ok=False).stderr
        if "DATABASE_URL" not in env:
            assert not (tmp_path / "typo").exists()


def test_a_ledger_whose_database_is_gone_is_not_begun_anew(tmp_path):
    with environment(tmp_path / "data") as env:
        zhenggai("demo", "--no-serve", env=env)
        if "DATABASE_URL" in env:
            pytest.skip("the database is elsewhere")
        (tmp_path / "data" / "zhenggai.sqlite3").unlink()
        assert "请先从备份恢复数据库" in zhenggai("demo", "--no-serve", env=env, ok=False).stderr


def test_demo_leaves_a_real_ledger_alone(tmp_path):
    with environment(tmp_path / "data") as env:
        zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), env=env)
        before = zhenggai("journal", "verify", "--json", env=env).stdout
        said = zhenggai("demo", "--no-serve", env=env).stdout
        after = zhenggai("journal", "verify", "--json", env=env).stdout
        assert "已有自己的台账" in said
        assert PASSWORD not in said
        assert json.loads(before)["head"] == json.loads(after)["head"]


def test_a_first_command_that_was_killed_while_building_is_taken_up(tmp_path):
    with environment(tmp_path / "data") as env:
        zhenggai("manage", "migrate", "contenttypes", env=env)
        refused = zhenggai("journal", "verify", env=env, ok=False)
        assert "数据库需要升级" in refused.stderr
        zhenggai("demo", "--no-serve", env=env)
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


def test_first_commands_at_once_build_one_system(tmp_path):
    with environment(tmp_path / "data") as env, ThreadPoolExecutor(4) as pool:
        files = []
        for number in range(4):
            file = tmp_path / f"{number}.txt"
            file.write_text(f"第{number}份材料，共3项任务。", encoding="utf-8")
            files.append(str(file))
        list(pool.map(lambda file: zhenggai("import", file, env=env), files))
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


def test_a_second_edition_and_decisions_at_once(tmp_path):
    """Whoever comes second waits; nobody meets a deadlock."""
    with environment(tmp_path / "data") as env, ThreadPoolExecutor(3) as pool:
        first, second = (str(SAMPLES / f"lanjiang-2026{name}.txt") for name in ("", "-edition-2"))
        zhenggai("import", first, env=env)
        words = [["import", first, "--accept-all"], ["import", second, "--accept-all"], ["import", second]]
        list(pool.map(lambda words: zhenggai(*words, env=env), words))
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["demo", "--port", "99999"], 2, "端口须在 1 至 65535 之间"),
        (["demo", "--host", "no such host"], 1, "监听地址“no such host”无法识别"),
        (["--dat", "x", "journal", "verify"], 2, "usage"),
        (["journal", "verify", "--data"], 2, "usage"),
    ],
)
def test_nonsense_on_the_command_line_is_told(env, words, status, sentence):
    done = zhenggai(*words, env=env, ok=False)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert sentence in done.stderr


def test_a_name_that_is_no_text_is_read(env, tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xffbad.txt"))
    file.write_text("另一份材料，共8项任务。", encoding="utf-8")
    done = zhenggai("import", str(file), "--json", env=env)
    assert json.loads(done.stdout)["document"] == "�bad.txt"


def test_output_that_cannot_be_written_is_told(env):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "zhenggai.config.command", "journal", "verify"],
            env=env, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, "无法写出结果" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_damaged_database_is_told(tmp_path):
    with environment(tmp_path / "data") as env:
        if "DATABASE_URL" in env:
            env["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
        else:
            (tmp_path / "data").mkdir()
            (tmp_path / "data" / "zhenggai.sqlite3").write_bytes(b"this is not a database" * 100)
        done = zhenggai("journal", "verify", env=env, ok=False)
    assert "无法打开数据库" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_answers_and_stops(env):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "zhenggai.config.command", "serve", "--port", str(port)],
        env=env, cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    heads = Path(env["ZHENGGAI_DATA"]) / "heads"
    try:
        assert answers(f"http://127.0.0.1:{port}/healthz") == 200
        for _ in range(100):
            if heads.exists() and any(heads.glob("*.head.json")):
                break
            time.sleep(0.2)
        (head,) = heads.iterdir()  # of two workers one wrote today's
        assert "今天的树头已经写出" in zhenggai("journal", "head", "--daily", env=env).stdout
        assert "与 1 个树头" not in zhenggai("journal", "verify", "--head", str(head), env=env).stdout
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0, server.stderr.read()
        server.stderr.close()


def answers(address, seconds=30):
    for _ in range(seconds * 5):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  # our own address
                return answer.status
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    return None


def test_accounts_without_the_demo(tmp_path):
    with environment(tmp_path / "own") as env:
        words = ["--role", "office", "--title", "整改办经办人", "--unit", "浅溪县委巡察整改办"]
        weak = zhenggai(
            "account", "add", "chen", "--name", "陈某", *words, env=env, ok=False, typed="12345\n"
        )
        assert "密码" in weak.stderr
        zhenggai("account", "add", "chen", "--name", "陈某", *words, env=env, typed="长而好记的-passphrase\n")
        twice = zhenggai(
            "account",
            "add",
            "chen",
            "--name",
            "又一人",
            *words,
            env=env,
            ok=False,
            typed="长而好记的-passphrase\n",
        )
        assert "已经使用" in twice.stderr
        zhenggai("account", "password", "chen", env=env, typed="另一个好记的-passphrase\n")
        zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--as", "chen", env=env)
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")


def test_accounts_of_every_role_and_level_and_the_way_back_in(tmp_path):
    with environment(tmp_path / "own") as env:

        def add(username, role, *words, ok=True):
            given = ["--name", username, "--role", role, "--title", f"{role}岗", *words]
            return zhenggai(
                "account", "add", username, *given, env=env, ok=ok, typed="长而好记的-passphrase\n"
            )

        add("mayor", "official", "--unit", "浅溪县", "--level", "county")
        add("head", "head", "--unit", "浅溪县水务局", "--parent", "浅溪县")
        add("clerk", "filler", "--unit", "河湖科", "--level", "section", "--parent", "浅溪县水务局")
        assert "没有登记名为" in add("x", "filler", "--unit", "某科", "--parent", "没有", ok=False).stderr
        assert (
            "科室须写明上级单位"
            in add("x", "filler", "--unit", "某科", "--level", "section", ok=False).stderr
        )
        for role in ("supervisor", "reader", "office", "system", "security", "audit"):
            add(role, role, "--unit", "浅溪县")
        for words in (["disable", "clerk"], ["enable", "clerk"]):
            zhenggai("account", *words, "--reason", "借调", env=env)
        twice = zhenggai("account", "enable", "clerk", "--reason", "借调", env=env, ok=False)
        assert "已经启用" in twice.stderr
        none = zhenggai("account", "factor-reset", "security", "--reason", "手机遗失", env=env, ok=False)
        assert "没有设置第二因素" in none.stderr
        assert zhenggai("account", "disable", "clerk", env=env, ok=False).returncode == 2
        assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")
