"""谁能到哪一页: every address and the roles that reach it; ``access.posted`` answers 404 to the others, and to everybody where nothing is declared.

Reaching a page is not yet doing something there: that is the acts' own permission, and greys their buttons.
"""

from zhenggai.parties.states import ADMINISTRATORS, Role

EVERYBODY = frozenset(Role)
LEDGER = EVERYBODY - set(ADMINISTRATORS)
"""Those who work on the ledger, or look at it; no administrator sees its items (GB/T 22239-2019, 8.1.4.2 d)."""

_SYSTEM, _SECURITY, _AUDIT = frozenset([Role.SYSTEM]), frozenset([Role.SECURITY]), frozenset([Role.AUDIT])

ROUTES: dict[str, frozenset[Role]] = {
    "inspections": LEDGER,
    "login": EVERYBODY,
    "code": EVERYBODY,
    "logout": EVERYBODY,
    "language": EVERYBODY,
    "healthz": EVERYBODY,
    "gallery": EVERYBODY,
    "unreadable": LEDGER,
    "original": LEDGER,
    "again": LEDGER,
    "ledger": LEDGER,
    "export": LEDGER,
    "new_reading": LEDGER,
    "desk": LEDGER,
    "accept_all": LEDGER,
    "accept": LEDGER,
    "correct": LEDGER,
    "reject": LEDGER,
    "keep": LEDGER,
    "identify": LEDGER,
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
    "journal": _AUDIT,
    "head": _AUDIT,
}
"""URL name → roles. A test walks every address as everybody."""

WITHOUT_LOG_IN = frozenset(["login", "code", "language", "healthz"])
"""Addresses that answer strangers."""

WITHOUT_POST = WITHOUT_LOG_IN | {
    "logout", "account", "own_password", "factor_begin", "factor_confirm", "choose_post",
}  # fmt: skip
"""Addresses that concern a person's own account, whether or not he holds a post."""

_HOMES = {Role.SYSTEM: "web:people", Role.SECURITY: "web:posts", Role.AUDIT: "web:journal"}


def home_of(role: Role | None) -> str:
    """Name of the page on which a role begins."""
    return _HOMES.get(role, "web:inspections") if role else "web:inspections"
