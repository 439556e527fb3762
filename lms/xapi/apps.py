from django.apps import AppConfig


class XapiConfig(AppConfig):
    name = "lms.xapi"
    label = "xapi"
    verbose_name = "Registro de aprendizaje"

    def ready(self) -> None:
        from lms.xapi import periodic  # noqa: F401
