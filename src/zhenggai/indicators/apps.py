from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "zhenggai.indicators"
    label = "indicators"
    verbose_name = "指标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare who may do what."""
        from zhenggai.indicators import permissions  # noqa: F401
