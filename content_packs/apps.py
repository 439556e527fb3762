from django.apps import AppConfig


class ContentPacksConfig(AppConfig):
    name = "content_packs"
    label = "content_packs"
    verbose_name = "Paquetes de contenido"
