"""The tree of organisations."""

import pytest

from tests import people
from tests.people import SYSTEM
from zhenggai.core.errors import NotPermitted
from zhenggai.journal.verify import verify
from zhenggai.parties.actions import (
    NameTaken,
    NotAsItIs,
    change_organisation,
    register_organisation,
    register_organisations,
)
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.rules import ImpossiblePlace
from zhenggai.parties.states import OrganisationLevel as Level
from zhenggai.parties.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Organisation]:
    """市 → 县 → 局 → 科室 → 班组."""
    city = register_organisation(name="岚江市", level=Level.CITY, by=SYSTEM)
    county = register_organisation(name="浅溪县", level=Level.COUNTY, parent=city, by=SYSTEM)
    bureau = register_organisation(name="浅溪县水务局", parent=county, by=SYSTEM)
    section = register_organisation(name="河湖科", level=Level.SECTION, parent=bureau, by=SYSTEM)
    team = register_organisation(name="巡河组", level=Level.SECTION, parent=section, by=SYSTEM)
    return {"city": city, "county": county, "bureau": bureau, "section": section, "team": team}


def move(row: Organisation, parent: Organisation | None, **to: object) -> Organisation:
    stated = {"name": row.name, "level": Level(row.level), "by": SYSTEM, **to}
    return change_organisation(organisation=row, parent=parent, **stated)


def test_a_section_is_a_part_of_the_nearest_unit_above(tree):
    assert tree["section"].unit == tree["bureau"]
    assert tree["team"].unit == tree["bureau"]
    assert tree["bureau"].unit is None


def test_many_at_once_are_units_without_place(db: None):
    rows = register_organisations(names=["甲局", "乙局"], by=SYSTEM)
    assert [(row.level, row.parent) for row in rows.values()] == [("department", None)] * 2


@pytest.mark.parametrize(("name", "sentence"), [("浅溪县", "已经登记"), ("  ", "不能为空")])
def test_names_that_cannot_be_given(tree, name: str, sentence: str):
    with pytest.raises(NameTaken, match=sentence):
        register_organisation(name=name, by=SYSTEM)
    with pytest.raises(NameTaken, match=sentence):
        move(tree["bureau"], tree["county"], name=name)


def test_places_that_cannot_be(tree):
    with pytest.raises(ImpossiblePlace, match="科室须写明上级单位"):
        register_organisation(name="某科", level=Level.SECTION, by=SYSTEM)
    with pytest.raises(ImpossiblePlace, match="其下只能设科室"):
        register_organisation(name="某局", parent=tree["section"], by=SYSTEM)
    with pytest.raises(ImpossiblePlace, match="其下级之下"):
        move(tree["county"], tree["team"])
    with pytest.raises(ImpossiblePlace, match="其下级之下"):
        move(tree["county"], tree["county"])
    with pytest.raises(ImpossiblePlace, match="之下还有单位"):
        move(tree["county"], tree["city"], level=Level.SECTION)


def test_sections_follow_to_another_unit(tree):
    office = register_organisation(name="浅溪县环保局", parent=tree["county"], by=SYSTEM)
    move(tree["section"], office)
    for name in ("section", "team"):
        tree[name].refresh_from_db()
        assert tree[name].unit == office
    assert verify().sound


def test_a_unit_that_becomes_a_section_takes_its_sections_along(tree):
    office = register_organisation(name="浅溪县环保局", parent=tree["county"], by=SYSTEM)
    move(tree["bureau"], office, level=Level.SECTION)
    tree["team"].refresh_from_db()
    assert tree["team"].unit == office
    assert verify().sound


def test_a_new_name_is_journaled_and_no_change_is_none(tree):
    move(tree["bureau"], tree["county"], name="浅溪县水利局")
    with pytest.raises(NotAsItIs, match="没有任何改动"):
        move(tree["bureau"], tree["county"])
    assert verify().sound


@pytest.mark.parametrize("role", Role)
def test_who_may(tree, role: Role):
    by: Post = people.post("who", "某", role)
    allowed = {
        "register": role in (Role.OFFICE, Role.SYSTEM),
        "change": role is Role.SYSTEM,
    }
    for name, act in (
        ("register", lambda: register_organisation(name="新局", by=by)),
        ("change", lambda: move(tree["bureau"], None, by=by)),
    ):
        if allowed[name]:
            act()
        else:
            with pytest.raises(NotPermitted):
                act()
