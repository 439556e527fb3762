"""Forms whose key may be left empty: it is made of what the author wrote."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.keys.making import LONGEST_MADE, free_key, make_key

RESERVED = _("Esa palabra es la dirección de otra página del aula. Elige otra.")


class KeyedForm(WagtailAdminModelForm):
    """Fills ``key_name`` from the words of ``words_name`` where the author left it empty.

    What has been published keeps its key: records rest on it. ``reserved_keys`` are neither made
    nor admitted.
    """

    key_name: ClassVar[str] = "key"
    words_name: ClassVar[str] = "title"
    longest_key: ClassVar[int] = LONGEST_MADE
    default_key: ClassVar[str] = "clave"
    reserved_keys: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.key_name in self.fields:
            self.fields[self.key_name].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        words = data.get(self.words_name)
        if self.key_name in data and not data[self.key_name] and words:
            data[self.key_name] = self.settled_key() or self._make(words)
        if data.get(self.key_name) in self.reserved_keys:
            self.add_error(self.key_name, RESERVED)
        return data

    def settled_key(self) -> str:
        """The key that stays although the field is empty; none for what is new."""
        return getattr(self.instance, self.key_name) if self.instance.pk else ""

    def taken_keys(self) -> set[str]:
        """What the key may not be."""
        rows = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        return set(rows.values_list(self.key_name, flat=True))

    def _make(self, words: str) -> str:
        wanted = make_key(words, self.longest_key, default=self.default_key)
        return free_key(wanted, self.taken_keys() | self.reserved_keys, self.longest_key)
