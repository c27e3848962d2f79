"""The demo's ledger: its documents, read again, give it back; most of what they say is bound from the start."""

import pytest

from tests.unit.bulletins.composing.ledgers import composed_of, read_and_compared, text_of
from zhenggai.bulletins.states import Audience
from zhenggai.config.living import stage
from zhenggai.journal.verify import verify
from zhenggai.ledger.models import Inspection
from zhenggai.parties.queries import post_by_code

pytestmark = pytest.mark.django_db


def test_documents_about_the_living_inspection():
    stage.seat_cast()
    stage.play()
    inspection, office = Inspection.objects.get(code="2025-XS-01"), post_by_code("office")
    for kind in ("tongbao", "baogao", "qingdan", "gongshi"):
        for audience in Audience:
            document = composed_of(inspection, kind, audience, office)
            read_and_compared(inspection, document, kind, audience)
            assert "公立医院设备采购中利益输送" not in text_of(document)  # sensitive
    report = composed_of(inspection, "baogao", Audience.INTERNAL, office)
    assert sum(len(part.bound) for part in report.parts) > 120
    assert "由市委书记任组长、市长任副组长、市委组织部部长为成员" in text_of(report)
    assert verify().sound
