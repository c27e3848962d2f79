"""Every act says who may do it, and nobody declares what is not an act."""

from scripts.reference import action_modules
from zhenggai.journal.acts import CATALOGUE
from zhenggai.parties.permissions import PERMISSIONS


def test_every_act_is_permitted_to_somebody_and_nothing_else_is():
    list(action_modules())
    assert set(CATALOGUE) == set(PERMISSIONS)
