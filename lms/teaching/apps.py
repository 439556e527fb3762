from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeachingConfig(AppConfig):
    name = "lms.teaching"
    verbose_name = _("Docencia")

    def ready(self) -> None:
        from lms.teaching import handlers, periodic  # noqa: F401
