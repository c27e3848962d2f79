"""What import-linter cannot see: foreign keys named by a string, and tables without a place in the house."""

import tomllib

from django.apps import apps

from scripts.reference import own_models
from tests.conftest import ROOT
from zhenggai.bulletins.models import EditionPackage, PublicPage
from zhenggai.journal.models import ChangedRow, Event, Pseudonym, TreeHead
from zhenggai.journal.snapshots import all_journaled
from zhenggai.ledger.handling.models import TextBand

UNJOURNALED = {
    Event: "the journal itself",
    ChangedRow: "the journal's index",
    Pseudonym: "the journal's names, held by their tokens",
    TextBand: "derived from the texts of reports, and built anew from them",
    EditionPackage: "proofs and head of an edition, which is journaled; can be made anew from the journal",
    PublicPage: "rendered from editions, and rendered anew at any time",
    TreeHead: "a summary of the journal; signed, and kept elsewhere as well",
}
"""Tables that change without an act, each with the reason."""


def layers() -> list[str]:
    """The apps from top to bottom, as the import contract prints them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return next(contract["layers"] for contract in contracts if contract["type"] == "layers")


def app_of(model) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_point_downwards():
    order = layers()
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model in own_models()
        if order.index(app_of(field.related_model)) < order.index(app_of(model))
    ]
    assert wrong == []


def test_the_journal_has_no_foreign_keys():
    assert [
        f for m in (Event, ChangedRow, TreeHead, Pseudonym) for f in m._meta.get_fields() if f.is_relation
    ] == []


def test_every_app_has_its_layer():
    ours = {
        config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("zhenggai.")
    }
    assert ours <= set(layers())


def test_every_table_is_journaled_or_says_why_not():
    known = {declared.model for declared in all_journaled()} | set(UNJOURNALED)
    assert [model._meta.label for model in own_models() if model not in known] == []


def test_moments_and_posts_are_set_together():
    """`x_at` beside `x_by`: a constraint holds the pair on every table that has both."""
    for model in own_models():
        names = {field.name for field in model._meta.concrete_fields}
        for name in names:
            if name.endswith("_at") and name[:-3] + "_by" in names:
                pairs = [c for c in model._meta.constraints if c.name.endswith(f"{name[:-3]}_pair")]
                assert pairs, f"{model._meta.label}.{name}"


def test_every_table_and_column_has_its_chinese_name():
    nameless = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.verbose_name.isascii()
        and not field.primary_key
        and field.name not in ("password", "last_login")
    ]
    assert nameless == []
    assert all(not str(model._meta.verbose_name).isascii() for model in own_models())
