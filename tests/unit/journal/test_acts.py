"""The one door: everything or nothing, and never without an event."""

import pytest

from tests import people
from zhenggai.core.errors import NotPermitted
from zhenggai.journal.acts import CATALOGUE, ActWithoutEventError, act, record
from zhenggai.journal.models import Event
from zhenggai.journal.queries import history
from zhenggai.journal.trail import created
from zhenggai.parties.actions import register_organisations
from zhenggai.parties.models import Organisation


@pytest.fixture
def make_act():
    """Declare acts for one test only."""
    known = dict(CATALOGUE)
    yield act
    CATALOGUE.clear()
    CATALOGUE.update(known)


@pytest.mark.django_db
def test_act_without_event_is_undone(make_act):
    @make_act("test.silent", "悄悄改")
    def silent(*, by):
        Organisation.objects.create(name="悄悄设立的单位")

    with pytest.raises(ActWithoutEventError):
        silent(by=people.SYSTEM)
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_act_that_fails_leaves_no_trace(make_act):
    @make_act("test.fails", "中途失败")
    def fails(*, by):
        row = Organisation.objects.create(name="半途的单位")
        record(subject=row, changes=[created(row)])
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        fails(by=people.SYSTEM)
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_inner_failure_that_is_caught_takes_its_event_with_it(make_act):
    @make_act("test.inner", "内层")
    def inner(*, name, by):
        row = Organisation.objects.create(name=name)
        record(subject=row, changes=[created(row)])
        if name == "坏":
            raise ValueError(name)

    @make_act("test.outer", "外层")
    def outer(*, by):
        inner(name="好", by=by)
        with pytest.raises(ValueError, match="坏"):
            inner(name="坏", by=by)
        row = Organisation.objects.create(name="外")
        record(subject=row, changes=[created(row)])

    outer(by=people.SYSTEM)
    assert set(Organisation.objects.values_list("name", flat=True)) == {"好", "外"}
    assert list(Event.objects.values_list("seq", "act")) == [(1, "test.inner"), (2, "test.outer")]
    assert Event.objects.values("click").distinct().count() == 1
    assert Event.objects.values("at").distinct().count() == 1


def test_code_can_be_declared_once(make_act):
    make_act("test.twice", "一次")
    with pytest.raises(ValueError, match="twice"):
        make_act("test.twice", "两次")


@pytest.mark.django_db
def test_record_outside_an_act_is_refused():
    row = Organisation.objects.create(name="无主")
    with pytest.raises(RuntimeError):
        record(subject=row, changes=[created(row)])


def test_history_tells_who_did_what(office):
    row = register_organisations(names=["浅溪县水务局"], by=office)["浅溪县水务局"]
    (line,) = history(row)
    assert (line.act, line.label, line.actor["person"], line.actor["title"]) == (
        "organisation.register", "登记单位", "甲", "整改办岗",
    )  # fmt: skip
    assert line.before is None
    assert line.after == {
        "name": "浅溪县水务局", "parent_id": None, "level": "department", "unit_id": None,
    }  # fmt: skip


def test_refused_act_leaves_no_event(office, reader):
    before = Event.objects.count()
    with pytest.raises(NotPermitted, match="须由整改办、系统管理员办理；您当前的岗位是“查阅岗”（查阅）"):
        register_organisations(names=["某局"], by=reader)
    assert Event.objects.count() == before
