"""Rows written straight from the database's values say what snapshots of models say."""

import pytest

from tests import factories
from zhenggai.journal import cells
from zhenggai.journal.cells import RowWriter, mark, read
from zhenggai.journal.chain import canonical
from zhenggai.journal.snapshots import all_journaled, snapshot
from zhenggai.ledger.actions.deciding import accept


@pytest.mark.parametrize("keyed", [True, False], ids=["by Python's hash", "by SHA-256"])
def test_what_is_marked_is_the_snapshot(office, monkeypatch, keyed):
    monkeypatch.setattr(cells, "_KEYED", keyed)
    reading = factories.enter(factories.Made(factories.USUAL), by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    seen = 0
    for declared in all_journaled():
        rows = declared.model.objects.order_by("pk")
        shown = [mark(canonical(snapshot(row)).encode()) for row in rows]
        keys = [str(key) for key in declared.model.objects.order_by("pk").values_list("pk", flat=True)]
        found = list(declared.rows())
        assert [key for some, *_ in found for key in some] == keys
        assert [marked for *_, some in found for marked in some] == shown
        seen += len(keys)
    assert seen > 40


def test_columns_are_written_in_the_order_of_their_names(office):
    (declared,) = [declared for declared in all_journaled() if declared.kind == "parties.organisation"]
    writer = RowWriter(declared.model, declared.columns)
    assert writer.columns == ("level", "name", "parent_id", "unit_id")
    (rows,) = read(declared.model, writer.columns)
    text = '{"level":"department","name":"岚江市委巡视整改办","parent_id":null,"unit_id":null}'
    assert writer.marks(rows) == [mark(text.encode())]
    assert writer.marks([("department", 5, None, None)]) == [None]
