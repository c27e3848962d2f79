"""谁能到哪一页: every address and the roles that reach it; ``access.posted`` answers 404 to the others, and to everybody where nothing is declared.

Reaching a page is not yet doing something there: that is the acts' own permission, and greys their buttons.
"""

from zhenggai.parties.states import ADMINISTRATORS, Role
from zhenggai.web.bulletin.deeds import DEEDS as DRAFT_DEEDS
from zhenggai.web.item.deeds import DEEDS

EVERYBODY = frozenset(Role)
LEDGER = EVERYBODY - set(ADMINISTRATORS)
"""Those who work on the ledger, or look at it; no administrator sees its items (GB/T 22239-2019, 8.1.4.2 d)."""

DOCUMENTS = frozenset([Role.OFFICE, Role.READER])
"""Who may look into documents: the reading desk, uploads, what was read."""

FIGURES = LEDGER - {Role.OFFICIAL}
"""Who looks at indicators: the office and whoever checks its work, and units at their own."""

HANDLERS = LEDGER - {Role.READER}
"""Roles for which something can wait."""

DRAFTS = frozenset([Role.OFFICE, Role.OFFICIAL, Role.SUPERVISOR])
"""Who may read drafts, of the inspections in which they have a part."""

EDITIONS = DRAFTS | {Role.READER}
"""Who may see editions as officials do; readers those that are for the public."""

_SYSTEM, _SECURITY, _AUDIT = frozenset([Role.SYSTEM]), frozenset([Role.SECURITY]), frozenset([Role.AUDIT])

ROUTES: dict[str, frozenset[Role]] = {
    "inspections": LEDGER,
    "login": EVERYBODY,
    "code": EVERYBODY,
    "logout": EVERYBODY,
    "language": EVERYBODY,
    "public": EVERYBODY,
    "public_page": EVERYBODY,
    "healthz": EVERYBODY,
    "gallery": EVERYBODY,
    "unreadable": DOCUMENTS,
    "original": DOCUMENTS,
    "again": DOCUMENTS,
    "work": HANDLERS,
    "approve_chosen": HANDLERS,
    "ledger": LEDGER,
    "item": LEDGER,
    "evidence": LEDGER,
    **{f"item_{name}": LEDGER for name in DEEDS},
    "list": LEDGER,
    "list_file": LEDGER,
    "roles": LEDGER,
    "roles_profile": LEDGER,
    "roles_appoint": LEDGER,
    "roles_dismiss": LEDGER,
    "export": LEDGER,
    "bulletins": EDITIONS,
    "bulletin_open": EDITIONS,
    "bulletin": DRAFTS,
    "bulletin_read": DRAFTS,
    "bulletin_paste": DRAFTS,
    "bulletin_naming": DRAFTS,
    "bulletin_versions": DRAFTS,
    "bulletin_file": DRAFTS,
    **{f"bulletin_{name}": DRAFTS for name in DRAFT_DEEDS},
    "verifier": EDITIONS,
    "edition": EDITIONS,
    "edition_proof": EDITIONS,
    "edition_revise": EDITIONS,
    "new_reading": DOCUMENTS,
    "desk": DOCUMENTS,
    "accept_all": DOCUMENTS,
    "accept": DOCUMENTS,
    "correct": DOCUMENTS,
    "reject": DOCUMENTS,
    "keep": DOCUMENTS,
    "identify": DOCUMENTS,
    "indicators": FIGURES,
    "indicator": FIGURES,
    "indicator_new": FIGURES,
    "indicator_take": FIGURES,
    "indicator_describe": FIGURES,
    "indicator_derive": FIGURES,
    "figure_report": FIGURES,
    "figure_sign": FIGURES,
    "figure_correct": FIGURES,
    "figure_withdraw": FIGURES,
    "figure_file": FIGURES,
    "account": EVERYBODY,
    "own_password": EVERYBODY,
    "factor_begin": EVERYBODY,
    "factor_confirm": EVERYBODY,
    "choose_post": EVERYBODY,
    "people": _SYSTEM,
    "person_new": _SYSTEM,
    "person_password": _SYSTEM,
    "organisations": _SYSTEM,
    "organisation_new": _SYSTEM,
    "organisation_change": _SYSTEM,
    "posts": _SECURITY,
    "post_new": _SECURITY,
    "post_seat": _SECURITY,
    "post_close": _SECURITY,
    "accounts": _SECURITY,
    "person_disable": _SECURITY,
    "person_enable": _SECURITY,
    "factor_reset": _SECURITY,
    "person_erase": _SECURITY,
    "journal": _AUDIT,
    "head": _AUDIT,
}
"""URL name → roles. A test walks every address as everybody."""

WITHOUT_LOG_IN = frozenset(["login", "code", "language", "healthz", "public", "public_page"])
"""Addresses that answer strangers."""

WITHOUT_POST = WITHOUT_LOG_IN | {
    "logout", "account", "own_password", "factor_begin", "factor_confirm", "choose_post",
}  # fmt: skip
"""Addresses that concern a person's own account, whether or not he holds a post."""

_HOMES = {
    Role.SYSTEM: "web:people", Role.SECURITY: "web:posts", Role.AUDIT: "web:journal", Role.READER: "web:inspections",
}  # fmt: skip


def home_of(role: Role | None) -> str:
    """Name of the page on which a role begins."""
    return _HOMES.get(role, "web:work") if role else "web:inspections"
