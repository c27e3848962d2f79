"""Values that were there before the field get the code of their inspection; the rest stays as it was."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests import cast
from zhenggai.indicators.models import Observation
from zhenggai.ledger.actions.deciding import correct
from zhenggai.ledger.actions.reporting import take_figure
from zhenggai.ledger.handling.models import ReportedFigure
from zhenggai.ledger.models import Proposal

migration = import_module("zhenggai.ledger.migrations.0004_name_the_inspection_of_observations")
triggers = import_module("zhenggai.indicators.migrations.0003_refuse_changing_observations")

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_triggers():
    """As it was when the migration ran: nothing held the values yet."""
    with connection.cursor() as cursor:
        for name in ("no_update", "no_delete", "reasoned"):
            on = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {triggers.TABLE}_{name}{on}")


def test_values_get_their_inspection(without_triggers):
    whole = cast.world(cast.factories.USUAL)
    item = Proposal.objects.filter(kind="figure").first()
    correct(proposal=item, content={**item.payload, "value": "13"}, by=whole.office)
    cast.reported(whole, cast.assigned(whole), narrative="累计清理违建12处，整改取得实效。")
    take_figure(figure=ReportedFigure.objects.get(), accepted=True, by=whole.office)
    expected = dict(Observation.objects.values_list("pk", "scope"))
    assert len(expected) == 5
    assert set(expected.values()) == {whole.inspection.code}
    Observation.objects.update(scope="")
    for _ in range(2):
        migration.name_inspections(apps, None)
        assert dict(Observation.objects.values_list("pk", "scope")) == expected
