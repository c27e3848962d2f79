from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "zhenggai.bulletins"
    label = "bulletins"
    verbose_name = "文稿"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare who may do what; let `journal verify` hold editions to their digests."""
        from zhenggai.bulletins import permissions  # noqa: F401
        from zhenggai.bulletins.faults import edition_faults
        from zhenggai.journal.snapshots import register_check

        register_check("bulletins.edition", edition_faults)
