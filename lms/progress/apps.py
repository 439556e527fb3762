from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "lms.progress"
    label = "progress"
    verbose_name = "Avance"

    def ready(self) -> None:
        from lms.progress import handlers, periodic  # noqa: F401
