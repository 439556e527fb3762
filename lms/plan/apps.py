from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "lms.plan"
    label = "plan"
    verbose_name = "Plan de acción"

    def ready(self) -> None:
        from lms.plan import periodic  # noqa: F401
