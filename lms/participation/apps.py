from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "lms.participation"
    label = "participation"
    verbose_name = "Participación"

    def ready(self) -> None:
        from lms.participation import periodic  # noqa: F401
