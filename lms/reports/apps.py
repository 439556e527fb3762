from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "lms.reports"
    label = "reports"
    verbose_name = "Cumplimiento"

    def ready(self) -> None:
        from lms.reports import checks, periodic  # noqa: F401
        from lms.reports.saved import periodic_reports  # noqa: F401
