from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "zhenggai.evidence"
    label = "evidence"
    verbose_name = "佐证材料"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `journal verify` check the stored files too, and say which files rows name."""
        from zhenggai.evidence import permissions  # noqa: F401  # declares who may do what
        from zhenggai.evidence.models import SourceDocument, StoredFile
        from zhenggai.evidence.queries import digests_named, store_faults
        from zhenggai.evidence.sweep import register_digests
        from zhenggai.journal.snapshots import register_check

        register_check("evidence.store", store_faults)
        for model in (SourceDocument, StoredFile):
            for field in ("sha256", "text_sha256"):
                register_digests(f"{model._meta.label_lower}.{field}", digests_named(model, field))
