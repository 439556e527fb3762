"""Statements as sentences in Spanish. Plain functions over their JSON; no database.

Nobody's name is said: our people are their pseudonym, others what identifies them, addresses masked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.operations.words_results import describe_result
from lms.xapi import vocabulary
from lms.xapi.rules.activities import choose_language
from lms.xapi.rules.speakers import CREDENTIAL_PREFIX, PLATFORM_ACCOUNT
from lms.xapi.statements import accounts_home

Node = Mapping[str, Any]
LANGUAGES = ["es-CL", "es"]
LONGEST = 160
KNOWN_VERBS = (
    *vocabulary.VERBS,
    vocabulary.VOIDED,
    vocabulary.LAUNCHED,
    vocabulary.SATISFIED,
    vocabulary.WAIVED,
    vocabulary.ABANDONED,
)
_VERBS = {word.iri: word.es for word in KNOWN_VERBS}


@dataclass(frozen=True)
class Party:
    """Who. ``query`` is what the filter of the list takes for them; empty where it would tell an address."""

    kind: str
    name: str = ""
    query: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True)
class StatementWords:
    """The parts of a sentence; ``result`` is empty where the statement has none."""

    actor: Party
    verb: str
    thing: str
    result: str

    def __str__(self) -> str:
        said = f"{self.actor} {self.verb} {self.thing}"
        return f"{said}: {self.result}" if self.result else said


def describe_statement(raw: Node, *, base_iri: str) -> StatementWords:
    """Who did what to which thing, and with what result."""
    return StatementWords(
        actor=describe_actor(raw["actor"], base_iri=base_iri),
        verb=describe_verb(raw["verb"]),
        thing=describe_object(raw["object"], base_iri=base_iri),
        result=describe_result(raw),
    )


def describe_actor(actor: Node, *, base_iri: str) -> Party:
    """An Agent or a Group by what identifies it; never by its name."""
    is_group = actor.get("objectType") == "Group"
    account = actor.get("account")
    if account and account["homePage"].startswith(accounts_home(base_iri)):
        return Party(_("Persona"), account["name"], query=account["name"])
    if account:
        named = _("%(name)s en %(home)s") % {"name": mask(account["name"]), "home": account["homePage"]}
        kind, name, told = _("Cuenta"), named, "@" in account["name"]
    elif "mbox" in actor:
        kind, name, told = _("Correo"), mask(actor["mbox"].removeprefix("mailto:")), True
    elif "mbox_sha1sum" in actor:
        kind, name, told = _("Correo resumido"), actor["mbox_sha1sum"], False
    elif "openid" in actor:
        kind, name, told = _("OpenID"), actor["openid"], False
    else:
        return Party(_count_members(len(actor.get("member", []))))
    return Party(_("Grupo") if is_group else kind, name, query="" if told else _query(actor))


def _query(actor: Node) -> str:
    names = ("account", "mbox_sha1sum", "openid")
    return json.dumps({name: actor[name] for name in names if name in actor}, ensure_ascii=False)


def _count_members(count: int) -> str:
    if not count:
        return _("Grupo sin nombre")
    return ngettext("Grupo de %(count)s miembro", "Grupo de %(count)s miembros", count) % {"count": count}


def mask(text: str) -> str:
    """``ana.soto@x.cl`` → ``a…@x.cl``; what is no address stays."""
    name, at, domain = text.rpartition("@")
    return f"{name[:1]}…@{domain}" if at else text


def describe_verb(verb: Node) -> str:
    """Our word for the verbs we know; else its own, Spanish if there is one, or the end of its IRI."""
    known = _VERBS.get(verb["id"])
    if known:
        return known
    return _shown(verb.get("display", {})) or _end_of(verb["id"])


def describe_object(target: Node, *, base_iri: str) -> str:
    """The thing's name, Spanish if there is one, else what identifies it."""
    kind = target.get("objectType", "Activity")
    if kind in ("Agent", "Group"):
        return str(describe_actor(target, base_iri=base_iri))
    if kind == "StatementRef":
        return _("la declaración %(id)s") % {"id": target["id"]}
    if kind == "SubStatement":
        return f"«{describe_statement(target, base_iri=base_iri)}»"
    return describe_activity(target, base_iri=base_iri)


def describe_activity(activity: Node, *, base_iri: str) -> str:
    """Its name, or its address; of our own what follows the name of the site."""
    name = _shown(activity.get("definition", {}).get("name", {}))
    iri: str = activity["id"]
    return shorten(name or iri.removeprefix(f"{base_iri}/id/"))


def shorten(text: str, longest: int = LONGEST) -> str:
    """At most ``longest`` characters, the last of them an ellipsis where something is left out."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def show_text(texts: Mapping[str, str]) -> str:
    """A language map in Spanish, or in what there is."""
    return _shown(texts)


def _shown(texts: Mapping[str, str]) -> str:
    chosen = choose_language(dict(texts), LANGUAGES)
    return next(iter(chosen.values()), "").strip()


def _end_of(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1] or iri


# --- Who vouches ---------------------------------------------------------------------------------
def credential_of(authority: Node, *, base_iri: str) -> UUID | None:
    """The ``authority_id`` of the credential that a statement came by; None for every other authority."""
    name = _own_account(authority, base_iri)
    if not name.startswith(CREDENTIAL_PREFIX):
        return None
    try:
        return UUID(name.removeprefix(CREDENTIAL_PREFIX))
    except ValueError:
        return None


def describe_authority(authority: Node, *, base_iri: str, names: Mapping[UUID, str]) -> str:
    """Who vouches for a statement.

    Args:
        names: of credentials, by their ``authority_id``.
    """
    if _own_account(authority, base_iri) == PLATFORM_ACCOUNT:
        return _("esta plataforma")
    credential = credential_of(authority, base_iri=base_iri)
    if credential is not None:
        return names.get(credential) or _("una credencial que ya no existe")
    return _("otro registro: %(who)s") % {"who": describe_actor(authority, base_iri=base_iri)}


def _own_account(authority: Node, base_iri: str) -> str:
    account = authority.get("account", {})
    name: str = account.get("name", "") if account.get("homePage") == base_iri else ""
    return name
