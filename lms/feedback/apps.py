from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "lms.feedback"
    verbose_name = _("Opiniones y repasos")

    def ready(self) -> None:
        from lms.feedback import periodic  # noqa: F401
