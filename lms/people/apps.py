from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "people"
    verbose_name = "Personas"

    def ready(self) -> None:
        from allauth.socialaccount.providers import registry

        from lms.people import checks, periodic  # noqa: F401
        from lms.people.accounts.clave_unica.provider import ClaveUnicaProvider
        from lms.people.accounts.institutions.provider import InstitutionProvider

        registry.register(ClaveUnicaProvider)
        registry.register(InstitutionProvider)
