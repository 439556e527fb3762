import importlib

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lms.publishing"
    label = "publishing"
    verbose_name = "Publicación del plan"

    def ready(self) -> None:
        importlib.import_module("lms.publishing.periodic")
