from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lms.notices"
    label = "notices"
    verbose_name = "Avisos"

    def ready(self) -> None:
        from lms.notices import periodic  # noqa: F401
