"""Whether a branching story can be played to an ending from every role. Plain data in, words out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

ROLE = "papel"
"""Stands where a scene would, in a path whose first step is whose place one takes."""


@dataclass(frozen=True)
class Story:
    """What of a dilemma decides how it is played.

    ``scenes``: ``(choice key, next scene key or "")`` of each scene in the order in which they were
    written, so that a key may stand twice. ``roles``: ``(key, first scene or "")``. ``echoes``: where
    an earlier decision comes back, a scene's key or "" for the end, and which, as ``scene:choice``.
    """

    start: str
    scenes: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    roles: Sequence[tuple[str, str]] = ()
    echoes: Sequence[tuple[str, str]] = ()
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", dict(self.scenes))

    @property
    def starts(self) -> list[str]:
        """The first scene of each role, or the one of all."""
        return [start or self.start for _key, start in self.roles] or [self.start]


def find_story_problem(story: Story) -> str | None:
    """Why a story cannot be played, in the author's words, or ``None`` when it can."""
    for find in (_scene_problem, _role_problem, _choice_problem, _shape_problem, _echo_problem):
        problem = find(story)
        if problem:
            return problem
    return None


def _scene_problem(story: Story) -> str | None:
    if len(story.choices) != len(story.scenes):
        return _("Hay dos escenas con la misma clave.")
    if ROLE in story.choices:
        return _("«%s» no puede ser la clave de una escena.") % ROLE
    if story.start not in story.choices:
        return _("La primera escena «%s» no existe.") % story.start
    return None


def _role_problem(story: Story) -> str | None:
    keys = [key for key, _start in story.roles]
    if len(keys) == 1:
        return _("Con un solo papel no hay nada que elegir: agrega otro, o cuéntalo en la primera escena.")
    if len(set(keys)) != len(keys):
        return _("Hay dos papeles con la misma clave.")
    for key, start in story.roles:
        if start and start not in story.choices:
            return _("El papel «%(role)s» empieza en «%(scene)s», que no existe.") % {
                "role": key, "scene": start,
            }  # fmt: skip
    return None


def _choice_problem(story: Story) -> str | None:
    for key, choices in story.scenes:
        if len({choice for choice, _next in choices}) != len(choices):
            return _("La escena «%s» repite la clave de una decisión.") % key
        for choice, following in choices:
            if following and following not in story.choices:
                return _("La decisión «%(choice)s» de «%(scene)s» lleva a «%(next)s», que no existe.") % {
                    "choice": choice, "scene": key, "next": following,
                }  # fmt: skip
    return None


def _shape_problem(story: Story) -> str | None:
    if any(key in _scenes_after(story, after) for key in story.choices for after in _followers(story, key)):
        return _("La historia vuelve a una escena anterior y no termina.")
    reached = {scene for start in story.starts for scene in _scenes_after(story, start)}
    missed = sorted(set(story.choices) - reached)
    return _("No se llega nunca a la escena «%s».") % missed[0] if missed else None


def _echo_problem(story: Story) -> str | None:
    for place, decision in story.echoes:
        scene, _colon, choice = decision.partition(":")
        following = dict(story.choices.get(scene, ())).get(choice)
        if following is None:
            return _("Una consecuencia viene de la decisión «%s», que no existe.") % decision
        if place and place not in _scenes_after(story, following):
            return _("La decisión «%(decision)s» no puede volver en «%(scene)s»: no se llega desde ahí.") % {
                "decision": decision, "scene": place,
            }  # fmt: skip
    return None


def _scenes_after(story: Story, start: str) -> set[str]:
    """The scene itself and all that may follow; none after an ending ("")."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        key = waiting.pop()
        if key and key not in seen:
            seen.add(key)
            waiting += _followers(story, key)
    return seen


def _followers(story: Story, key: str) -> set[str]:
    return {following for _choice, following in story.choices[key] if following}
