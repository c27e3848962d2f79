from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zhenggai.ledger"
    label = "ledger"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `journal verify` check what the journal holds only the digests of; say which stored files rows name; offer the ledger's figures."""
        from zhenggai.evidence.queries import digests_named
        from zhenggai.evidence.sweep import register_digests
        from zhenggai.indicators.computing import register
        from zhenggai.journal.snapshots import register_check
        from zhenggai.ledger import permissions  # noqa: F401  # declares who may do what
        from zhenggai.ledger.checks import content_faults, result_faults
        from zhenggai.ledger.handling.indicators import DEFINITIONS, compute
        from zhenggai.ledger.models import Reading

        register_check("ledger.content", content_faults)
        register_check("ledger.result", result_faults)
        register_digests("ledger.reading.result_sha256", digests_named(Reading, "result_sha256"))
        register(DEFINITIONS, compute)
