"""办理方案: what differs between kinds of inspection, as data beside this module (one .toml file each) or in the data folder.

A profile of the same file name in ``<data>/profiles/`` stands in for ours; a new name adds one. A file that is no profile is refused with the
place and the remedy, so that no item is ever reviewed under half a rule.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling.states import Completion, Grade, Horizon
from zhenggai.ledger.states import InspectionKind
from zhenggai.parties.states import Capacity


class ProfileRefused(Refusal):
    """办理方案有误: a profile file that cannot be used."""

    code = "profile_refused"


@dataclass(frozen=True)
class Step:
    """审核步骤: its code and name, and the capacity in which it is taken."""

    code: str
    label: str
    by: Capacity


@dataclass(frozen=True)
class TimeClass:
    """A horizon's name in this profile, and how many months after the feedback it ends."""

    label: str
    months: int


@dataclass(frozen=True)
class Profile:
    """办理方案: the words, time classes and review chains of one kind of inspection; ``publication`` is the chain of a document."""

    code: str
    name: str
    kind: str
    near_days: int
    words: Mapping[str, str]
    horizons: Mapping[Horizon, TimeClass]
    completion: Mapping[Completion, str]
    grades: Mapping[Grade, str]
    chain: tuple[Step, ...]
    short_chain: tuple[Step, ...]
    publication: tuple[Step, ...]

    def steps(self, *, short: bool) -> tuple[Step, ...]:
        """The review chain; the short one is for items of which every task is 立行立改."""
        return self.short_chain if short else self.chain


def profile_of(code: str) -> Profile:
    """Return the profile with this code; ProfileRefused if there is none."""
    known = all_profiles()
    if code not in known:
        raise ProfileRefused(f"没有代码为“{code}”的办理方案，可选：{'、'.join(known)}。")
    return known[code]


def default_profile(kind: str) -> Profile:
    """Return the profile for a kind of inspection; that of 巡视 for kinds without one of their own."""
    known = all_profiles()
    return next((profile for profile in known.values() if profile.kind == kind), known["xunshi"])


def all_profiles() -> dict[str, Profile]:
    """Every profile by its code: ours, and those of the data folder in their place."""
    from django.conf import settings  # noqa: PLC0415  # the folder is known once the settings are

    return _load(str(settings.DATA / "profiles"))


@cache
def _load(folder: str) -> dict[str, Profile]:
    files = {file.stem: file for file in sorted(Path(__file__).parent.glob("*.toml"))}
    files |= {file.stem: file for file in sorted(Path(folder).glob("*.toml"))}
    return {code: parse(file) for code, file in files.items()}


def parse(file: Path) -> Profile:
    """Read a profile; ProfileRefused names the file and what is wrong."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        profile = _build(file.stem, said)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileRefused(f"办理方案 {file} 无法读出：{error}。请对照系统自带的方案修改。") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProfileRefused(f"办理方案 {file} 缺少或写错了 {error}，请对照系统自带的方案修改。") from error
    for fault in _faults(profile):
        raise ProfileRefused(f"办理方案 {file} 有误：{fault}。")
    return profile


def _build(code: str, said: Mapping[str, Any]) -> Profile:
    return Profile(
        code=code,
        name=str(said["name"]),
        kind=InspectionKind(said["kind"]).value,
        near_days=int(said["near_days"]),
        words={name: str(said["words"][name]) for name in ("finding", "task", "closure")},
        horizons={
            horizon: TimeClass(
                str(said["horizons"][horizon.value]["label"]), int(said["horizons"][horizon.value]["months"])
            )
            for horizon in Horizon
        },
        completion={member: str(said["completion"][member.value]) for member in Completion},
        grades={member: str(said["grades"][member.value]) for member in Grade},
        chain=tuple(_steps(said["chain"])),
        short_chain=tuple(_steps(said["short_chain"])),
        publication=tuple(_steps(said["publication"])),
    )


def _steps(said: list[Mapping[str, str]]) -> Iterator[Step]:
    for step in said:
        yield Step(str(step["code"]), str(step["label"]), Capacity(step["by"]))


_REVIEWERS = {
    Capacity.LEAD_HEAD,
    Capacity.OFFICE,
    Capacity.LEAD_OFFICIAL,
    Capacity.GROUP,
    Capacity.SUPERVISOR,
}

_APPROVERS = {Capacity.OFFICE, Capacity.GROUP, Capacity.SUPERVISOR}
"""Capacities in which a post stands to an inspection as a whole."""


def _faults(profile: Profile) -> Iterator[str]:
    """What would let an item be closed without a second person, or not at all."""
    for steps in (profile.chain, profile.short_chain):
        if not steps:
            yield "审核链不能为空，至少要有一名其他单位的审核人"
        elif len({step.code for step in steps}) < len(steps):
            yield "审核链中有重复的步骤代码"
        elif all(step.by is Capacity.LEAD_HEAD for step in steps):
            yield "审核链不能只有牵头单位：牵头单位自己申报时将无人审核"
        yield from (
            f"步骤“{step.label}”不能由{step.by.label}办理" for step in steps if step.by not in _REVIEWERS
        )
    if not profile.publication:
        yield "文稿的审核链（publication）不能为空，至少要有一名审定人"
    elif len({step.code for step in profile.publication}) < len(profile.publication):
        yield "文稿的审核链（publication）中有重复的步骤代码"
    yield from (
        f"文稿审核步骤“{step.label}”不能由{step.by.label}办理"
        for step in profile.publication
        if step.by not in _APPROVERS
    )
