from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "courses.quality"
    label = "quality"
    verbose_name = "Informe de calidad"

    def ready(self) -> None:
        from courses.quality import handlers  # noqa: F401
