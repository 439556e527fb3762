from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "lms.jobs"
    label = "jobs"
    verbose_name = "Trabajos en segundo plano"

    def ready(self) -> None:
        from lms.jobs import upkeep  # noqa: F401
