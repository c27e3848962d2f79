from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "zhenggai.web"
    label = "web"
    verbose_name = "页面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Note when each session begins."""
        from django.contrib.auth.signals import user_logged_in

        from zhenggai.web.sessions import note_beginning

        user_logged_in.connect(note_beginning, dispatch_uid="zhenggai.web.sessions")
