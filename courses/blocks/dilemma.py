from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.blocks.topics import CodeTopic

TONES = [
    ("good", _("Bueno")),
    ("cost", _("Con costo")),
    ("bad", _("Malo")),
    ("neutral", _("Sin cambio")),
]


def key_block(help_text: Any) -> blocks.RegexBlock:
    return blocks.RegexBlock(
        label=_("Clave"),
        regex=r"^[a-z0-9][a-z0-9-]*$",
        max_length=40,
        error_messages={"invalid": _("Usa letras minúsculas, números y guiones.")},
        help_text=help_text,
    )


class EffectBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("Para quién"), max_length=80)
    tone = blocks.ChoiceBlock(label=_("Cómo le resulta"), choices=TONES)
    label = blocks.CharBlock(label=_("En dos o tres palabras"), max_length=60)
    text = blocks.TextBlock(label=_("Qué cambió"))


class ChoiceOptionBlock(blocks.StructBlock):
    key = key_block(_("Única en la escena: a, b, c."))
    text = blocks.TextBlock(label=_("Lo que hago"))
    recap = blocks.CharBlock(label=_("Cómo se cuenta después"), max_length=160)
    outcome = blocks.TextBlock(label=_("Qué pasó después"))
    effects = blocks.ListBlock(EffectBlock(), label=_("A quién afecta"), min_num=1, max_num=6)
    next = blocks.CharBlock(
        label=_("Escena que sigue"), required=False, max_length=40, help_text=_("Vacía: aquí termina.")
    )


class DialogueBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("Quién"), max_length=60)
    says = blocks.TextBlock(label=_("Dice"))


class SceneBlock(blocks.StructBlock):
    key = key_block(_("Única en el dilema."))
    heading = blocks.CharBlock(label=_("Título"), max_length=120)
    text = blocks.RichTextBlock(label=_("Qué pasa"), features=["bold", "ol", "ul"])
    dialogue = blocks.ListBlock(DialogueBlock(), label=_("Diálogo"), default=[])
    question = blocks.CharBlock(label=_("Pregunta"), max_length=120)
    choices = blocks.ListBlock(ChoiceOptionBlock(), label=_("Decisiones"), min_num=2, max_num=5)


class StakeholderBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Quién"), max_length=80)
    stake = blocks.TextBlock(label=_("Qué se juega"))


class DilemmaBlock(blocks.StructBlock):
    """A branching case without mark: choose, see the consequence, try another way."""

    code = key_block(_("Única en el curso."))
    title = blocks.CharBlock(label=_("Título"), max_length=120)
    summary = blocks.TextBlock(label=_("De qué trata"))
    topic = blocks.ChoiceBlock(label=_("Tema"), choices=CodeTopic.choices)
    activity_minutes = blocks.IntegerBlock(label=_("Minutos"), min_value=1, max_value=60)
    stakeholders = blocks.ListBlock(StakeholderBlock(), label=_("Quiénes están en juego"), min_num=1)
    reminder_law = SnippetChooserBlock("courses.Law", label=_("Norma para recordar"), required=False)
    reminder_article = blocks.CharBlock(label=_("Artículo"), required=False, max_length=120)
    reminder_text = blocks.TextBlock(label=_("La regla, en simple"), required=False)
    start = blocks.CharBlock(label=_("Primera escena"), max_length=40)
    scenes = blocks.ListBlock(SceneBlock(), label=_("Escenas"), min_num=1, max_num=12)
    reflection = blocks.TextBlock(label=_("Pregunta para pensar"))
    closing = blocks.RichTextBlock(label=_("Para llevarse"), features=["bold", "ul", "ol"])
    law = SnippetChooserBlock("courses.Law", label=_("Norma del caso"), required=False)
    law_article = blocks.CharBlock(label=_("Artículo"), required=False, max_length=120)
    law_version = blocks.DateBlock(label=_("Versión que leíste"), required=False)
    law_summary = blocks.RichTextBlock(label=_("Resumen"), features=["bold", "ul", "ol"], required=False)

    class Meta:
        icon = "order"
        label = _("Dilema")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        problem = find_story_problem(
            start=cleaned["start"],
            scenes={
                scene["key"]: [(choice["key"], choice["next"]) for choice in scene["choices"]]
                for scene in cleaned["scenes"]
            },
            scene_count=len(cleaned["scenes"]),
        )
        if problem:
            raise blocks.StructBlockValidationError({"scenes": ValidationError(problem)})
        return cleaned


def find_story_problem(
    *, start: str, scenes: dict[str, list[tuple[str, str]]], scene_count: int
) -> str | None:
    """Why a branching story cannot be played, in words, or ``None`` when it can.

    ``scenes`` maps a scene's key to its ``(choice key, next scene key or "")``.
    """
    if len(scenes) != scene_count:
        return str(_("Hay dos escenas con la misma clave."))
    if start not in scenes:
        return str(_("La primera escena «%s» no existe.") % start)
    for key, choices in scenes.items():
        if len({choice for choice, _next in choices}) != len(choices):
            return str(_("La escena «%s» repite la clave de una decisión.") % key)
        for choice, following in choices:
            if following and following not in scenes:
                return str(
                    _("La decisión «%(choice)s» de «%(scene)s» lleva a «%(next)s», que no existe.")
                    % {"choice": choice, "scene": key, "next": following}
                )
    seen: set[str] = set()

    def has_circle(key: str, path: tuple[str, ...]) -> bool:
        seen.add(key)
        return any(
            following in path or has_circle(following, (*path, following))
            for _choice, following in scenes[key]
            if following
        )

    if has_circle(start, (start,)):
        return str(_("La historia vuelve a una escena anterior y no termina."))
    if seen != set(scenes):
        return str(_("No se llega nunca a la escena «%s».") % sorted(set(scenes) - seen)[0])
    return None
