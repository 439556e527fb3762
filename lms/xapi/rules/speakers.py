"""Who says a statement, and what they may say."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from lms.xapi.rules.keys import identify, vouching_key
from lms.xapi.rules.shapes import Account, Activity, Actor, StatementRef
from lms.xapi.rules.statements import Checked
from lms.xapi.vocabulary import PLATFORM_VERBS

_actor = msgspec.json.Decoder(Actor).decode
ALL = "all"
PLATFORM_ACCOUNT = "aula-abierta"
CREDENTIAL_PREFIX = "credencial-"
"""Names of the accounts that vouch: the platform's, and how those of credentials begin."""


class SpeechError(Exception):
    """The speaker may not say that. The text is a sentence for whoever wrote the client."""


@dataclass(frozen=True)
class Speaker:
    """A credential in use. ``authority`` is the JSON that its statements carry.

    ``actor`` and what follows bind a launch; for other programs they are empty.
    """

    name: str
    authority: bytes
    scopes: frozenset[str]
    is_platform: bool = False
    actor: str | None = None
    registration: UUID | None = None
    activity_prefix: str = ""
    verbs: frozenset[str] = frozenset()
    shape: Actor = field(init=False, compare=False)
    key: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        shape = _actor(self.authority)
        object.__setattr__(self, "shape", shape)
        object.__setattr__(self, "key", vouching_key(shape))

    @property
    def base_iri(self) -> str:
        """Of this installation, whose account every speaker's authority is."""
        assert isinstance(self.shape.account, Account)
        return self.shape.account.homePage

    @property
    def is_launch(self) -> bool:
        return self.actor is not None

    def may(self, *scopes: str) -> bool:
        """True where it holds one of these scopes, or all."""
        return ALL in self.scopes or not self.scopes.isdisjoint(scopes)


def authority_of(*, base_iri: str, account: str) -> bytes:
    """The JSON of who vouches: an account of this installation."""
    said: dict[str, Any] = {"objectType": "Agent", "account": {"homePage": base_iri, "name": account}}
    return msgspec.json.encode(said)


def platform_speaker(base_iri: str) -> Speaker:
    """The platform itself, which may say everything."""
    return Speaker(
        name="Aula Abierta",
        authority=authority_of(base_iri=base_iri, account=PLATFORM_ACCOUNT),
        scopes=frozenset({ALL}),
        is_platform=True,
    )


def check_speech(speaker: Speaker, checked: Checked) -> None:
    """May ``speaker`` say this?

    What only the platform may say is refused from everybody else. A launch speaks for its learner, in
    its registration, about its own activities, with its own verbs, and takes nothing back (cmi5 6.3).

    Raises:
        SpeechError: it may not.
    """
    if speaker.is_platform:
        return
    verb = checked.shape.verb.id
    if verb in PLATFORM_VERBS:
        raise SpeechError(f"Solo la plataforma dice «{verb}».")
    if not speaker.is_launch:
        return
    actor = checked.shape.actor
    if actor.objectType == "Group" or identify(actor) != speaker.actor:
        raise SpeechError("Esta sesión habla por otra persona que el actor de la declaración.")
    context = checked.shape.context
    registration = context.registration if context is not UNSET else UNSET
    if registration is UNSET or UUID(registration) != speaker.registration:
        raise SpeechError("context.registration no es la inscripción de esta sesión.")
    if checked.is_voiding or isinstance(checked.object, StatementRef):
        raise SpeechError("Un contenido no anula ni comenta declaraciones.")
    if verb not in speaker.verbs:
        raise SpeechError(f"Esta sesión no puede decir «{verb}».")
    if not (isinstance(checked.object, Activity) and covers(speaker, checked.object.id)):
        raise SpeechError("La actividad no pertenece a esta sesión.")


def covers(speaker: Speaker, activity: str) -> bool:
    """Whether the activity is one of the launch: the prefix itself, or something below it."""
    prefix = speaker.activity_prefix
    if activity == prefix:
        return True
    return activity.startswith(prefix if prefix.endswith(("/", "#", "?")) else prefix + "/")
