"""``zhenggai item`` and ``zhenggai acts`` as people use them, on the demo's living inspection."""

import json

import pytest

from tests.process.served import environment, zhenggai

pytestmark = pytest.mark.process

CODE = "2025-XS-01"


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    with environment(tmp_path_factory.mktemp("living") / "data") as env:
        zhenggai("demo", "--no-serve", env=env)
        yield env


def test_the_demo_shows_every_state_to_whom_it_belongs(env):
    items = json.loads(zhenggai("item", "list", CODE, "--as", "office", "--json", env=env).stdout)
    assert len(items) == 34
    assert {item["review"] for item in items} == {"none", "step", "returned", "closed"}
    assert {item["grade"] for item in items} == {"", "done", "phased", "infeasible"}
    assert {item["cycle"] for item in items} == {1, 2}
    seen = json.loads(zhenggai("item", "list", CODE, "--as", "reader", "--json", env=env).stdout)
    assert len(seen) == 33  # not the sensitive one
    own = json.loads(zhenggai("item", "list", CODE, "--as", "water-filler", "--json", env=env).stdout)
    assert 0 < len(own) < 10
    (waiting,) = json.loads(
        zhenggai("item", "list", CODE, "--waiting", "--as", "supervisor", "--json", env=env).stdout
    )
    assert "下一步为“监督单位审核销号”" in waiting["standing"]
    shown = zhenggai("item", "show", CODE, "23", "--as", "industry-head", env=env).stdout
    assert "最初" in shown
    assert "批复延期" in shown


def test_the_gate_is_the_same_on_the_command_line(env):
    waiting = zhenggai("item", "list", CODE, "--waiting", "--as", "supervisor", "--json", env=env).stdout
    number = str(json.loads(waiting)[0]["number"])
    refused = zhenggai("item", "approve", CODE, number, "--as", "office", env=env, ok=False)
    assert "不能越过这一步" in refused.stderr
    said = zhenggai(
        "item", "return", CODE, number, "--as", "supervisor", "--reason", "缺归还凭证", env=env
    ).stdout
    assert "累计退回 1 次" in said
    assert zhenggai("item", "approve", CODE, "x", "--as", "office", env=env, ok=False).returncode == 1
    unseen = zhenggai("item", "show", CODE, "29", "--as", "reader", env=env, ok=False).stderr
    missing = zhenggai("item", "show", CODE, "99", "--as", "reader", env=env, ok=False).stderr
    assert unseen.replace("29", "99") == missing


def test_a_list_of_acts(env, tmp_path):
    file = tmp_path / "办理.csv"
    text = f"检查编号,问题编号,办理,意见\n{CODE},11,审核通过,同意\n{CODE},5,审核通过,同意\n"
    file.write_bytes(text.encode("gb18030"))
    tried = zhenggai("acts", str(file), "--as", "plan-head", "--dry-run", env=env, ok=False)
    done = zhenggai("acts", str(file), "--as", "plan-head", "--json", env=env, ok=False)
    assert (tried.returncode, done.returncode) == (1, 1)
    assert "第 2 行　2025-XS-01 第 11 号：已办理“审核通过”" in tried.stdout
    assert "没有留下改动" in tried.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["done"], second["done"]) == (True, False)
    assert second["line"] == 3
    file.write_text("检查编号,办理\n", encoding="utf-8")
    assert "缺少列" in zhenggai("acts", str(file), "--as", "plan-head", env=env, ok=False).stderr
    missing = str(tmp_path / "没有.csv")
    assert "文件不存在" in zhenggai("acts", missing, "--as", "plan-head", env=env, ok=False).stderr
    assert zhenggai("journal", "verify", env=env).stdout.startswith("核验通过")
