from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "lms.indicators"
    label = "indicators"
    verbose_name = "Indicadores"
