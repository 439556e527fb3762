from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    name = "lms.diagnostics"
    label = "diagnostics"
    verbose_name = "Diagnósticos"
