from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class AddressField(models.EmailField):
    """An e-mail address or none. Empty text is stored as NULL, so that any number may have none."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value) or None


class UserManager(BaseUserManager["User"]):
    """Creates accounts; the e-mail address is the name one logs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account.

        Raises:
            ValueError: no e-mail address.
        """
        if not email:
            raise ValueError("Una cuenta necesita un correo.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator of the platform."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One account that can log in. Unique by e-mail, whatever its letter case, where it has one.

    A person can exist without an account (loaded by HR) and gets one by invitation or sign-up.
    Whoever signs in with ClaveÚnica needs no e-mail: the account then has none, and gets no mail.

    ``language``: the one chosen for pages and e-mails; empty until something was chosen.

    PII: e-mail, names and language, to log in, be greeted and be written to; erased with the
    account (row deleted; the Person row stays as a tombstone).
    """

    email = AddressField(_("correo"), max_length=254, unique=True, null=True, blank=True)
    first_name = models.CharField(_("nombres"), max_length=150, blank=True)
    last_name = models.CharField(_("apellidos"), max_length=150, blank=True)
    is_active = models.BooleanField(_("activa"), default=True)
    is_staff = models.BooleanField(_("administra la plataforma"), default=False)
    language = models.CharField(_("idioma"), max_length=10, blank=True)
    date_joined = models.DateTimeField(_("creada"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("cuenta")
        verbose_name_plural = _("cuentas")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_case_insensitive")]

    def __str__(self) -> str:
        return self.email or self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email or gettext("Cuenta sin nombre")

    def get_short_name(self) -> str:
        return self.first_name.split(" ")[0] if self.first_name else self.get_full_name()
