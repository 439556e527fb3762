from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = "Cursos"

    def ready(self) -> None:
        from courses import handlers  # noqa: F401
