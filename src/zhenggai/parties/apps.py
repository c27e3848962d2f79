from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "zhenggai.parties"
    label = "parties"
    verbose_name = "当事方"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare who may do what."""
        from zhenggai.parties import permissions  # noqa: F401
