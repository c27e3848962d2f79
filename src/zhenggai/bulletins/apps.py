from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "zhenggai.bulletins"
    label = "bulletins"
    verbose_name = "文稿"
    default_auto_field = "django.db.models.BigAutoField"
