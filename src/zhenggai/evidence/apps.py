from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "zhenggai.evidence"
    label = "evidence"
    verbose_name = "佐证材料"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `journal verify` check the stored files too."""
        from zhenggai.evidence import permissions  # noqa: F401  # declares who may do what
        from zhenggai.evidence.queries import store_faults
        from zhenggai.journal.snapshots import register_check

        register_check("evidence.store", store_faults)
