from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "lms.integrity"
    label = "integrity"
    verbose_name = "Integridad"
