from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.blocks.story import Story, find_story_problem
from courses.blocks.story_naming import LONGEST_RECAP, name_story
from courses.blocks.topics import CodeTopic

TONES = [
    ("good", _("Bueno")),
    ("cost", _("Con costo")),
    ("bad", _("Malo")),
    ("neutral", _("Sin cambio")),
]
BLANK_CHOICE = {"key": "", "text": "", "recap": "", "outcome": "", "effects": [], "lesson": "", "next": ""}
LONGEST_HEADING = 120
LONGEST_REFERENCE = LONGEST_HEADING + 41
_REMINDER = ["reminder_law", "reminder_article", "reminder_text"]
_LAW = ["law", "law_article", "law_version", "law_summary"]


def key_block(help_text: Any) -> blocks.RegexBlock:
    """A key. Not a text: translators do not see it."""
    return blocks.RegexBlock(
        label=_("Clave"),
        regex=r"^[a-z0-9][a-z0-9-]*$",
        max_length=40,
        required=False,
        error_messages={"invalid": _("Usa letras minúsculas, números y guiones.")},
        help_text=help_text,
    )


def scene_block(label: Any, help_text: Any) -> blocks.RegexBlock:
    """A scene by its number, its title or its key, which is kept. As a key, it is no text to translate."""
    return blocks.RegexBlock(
        label=label, regex=r"\S", max_length=LONGEST_HEADING, required=False, help_text=help_text
    )


def require_some(value: Any, name: str, problem: Any) -> None:
    """The list begins empty, so that the form is short, and must not stay so.

    Raises:
        StructBlockValidationError: it did.
    """
    if not value[name]:
        raise blocks.StructBlockValidationError({name: ValidationError(problem)})


class EffectBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("Para quién"), max_length=80)
    tone = blocks.ChoiceBlock(label=_("Cómo le resulta"), choices=TONES)
    label = blocks.CharBlock(label=_("En dos o tres palabras"), max_length=60)
    text = blocks.TextBlock(label=_("Qué cambió"))


class ChoiceOptionBlock(blocks.StructBlock):
    key = key_block(_("Vacía: se pone sola."))
    text = blocks.TextBlock(label=_("Lo que hago"))
    recap = blocks.CharBlock(
        label=_("Cómo se cuenta después"),
        required=False,
        max_length=LONGEST_RECAP,
        help_text=_("Vacío: con las palabras de «Lo que hago»."),
    )
    outcome = blocks.TextBlock(label=_("Qué pasó después"))
    effects = blocks.ListBlock(EffectBlock(), label=_("A quién afecta"), max_num=6, default=[])
    lesson = blocks.TextBlock(
        label=_("Qué mirar de esta decisión"),
        required=False,
        help_text=_("Se lee en el repaso, al final: qué dice la ley, qué costaba, qué frase servía."),
    )
    next = scene_block(_("Escena que sigue"), _("Su número o su título. Vacía: aquí termina."))

    class Meta:
        label = _("Decisión")
        label_format = "{text}"
        form_layout = blocks.BlockGroup(
            ["text", "outcome", "next", "effects"], settings=["lesson", "recap", "key"]
        )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            require_some(cleaned, "effects", _("Di al menos a quién afecta."))
        return cleaned


class EchoBlock(blocks.StructBlock):
    """What an earlier decision brings about later."""

    after = blocks.RegexBlock(
        label=_("Si antes decidió"),
        regex=r"^.*[^:\s].*:.*[^:\s].*$",
        max_length=LONGEST_REFERENCE,
        error_messages={"invalid": _("Escribe la escena y la decisión, por ejemplo 1:a.")},
        help_text=_("La escena, por su número o su título, y la decisión: 1:a."),
    )
    text = blocks.TextBlock(label=_("Entonces"))


class DialogueBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("Quién"), max_length=60)
    says = blocks.TextBlock(label=_("Dice"))


class SceneBlock(blocks.StructBlock):
    key = key_block(_("Vacía: se pone sola."))
    heading = blocks.CharBlock(label=_("Título"), max_length=LONGEST_HEADING)
    text = blocks.RichTextBlock(label=_("Qué pasa"), features=["bold", "ol", "ul"])
    dialogue = blocks.ListBlock(DialogueBlock(), label=_("Diálogo"), default=[])
    echoes = blocks.ListBlock(EchoBlock(), label=_("Lo que vuelve de antes"), default=[], max_num=8)
    question = blocks.CharBlock(label=_("Pregunta"), max_length=120)
    choices = blocks.ListBlock(
        ChoiceOptionBlock(), label=_("Decisiones"), min_num=2, max_num=5, default=[BLANK_CHOICE] * 2
    )

    class Meta:
        label = _("Escena")
        label_format = "{heading}"
        form_layout = blocks.BlockGroup(
            ["heading", "text", "dialogue", "question", "choices"], settings=["echoes", "key"]
        )


class StakeholderBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Quién"), max_length=80)
    stake = blocks.TextBlock(label=_("Qué se juega"))


class RoleBlock(blocks.StructBlock):
    """Whose place one may take in the story."""

    key = key_block(_("Vacía: se pone sola."))
    name = blocks.CharBlock(label=_("Quién eres"), max_length=80)
    text = blocks.TextBlock(label=_("Qué te juegas"))
    start = scene_block(_("Su primera escena"), _("Su número o su título. Vacía: la de todos."))

    class Meta:
        label = _("Papel")
        label_format = "{name}"
        form_layout = blocks.BlockGroup(["name", "text", "start"], settings=["key"])


class DilemmaBlock(blocks.StructBlock):
    """A branching case without mark: choose, see the consequence, try another way.

    What came later than the course's first dilemmas (roles, echoes, epilogue, lessons) is empty in them.
    """

    code = key_block(_("Vacía: se pone sola. Única en el curso."))
    title = blocks.CharBlock(label=_("Título"), max_length=120)
    summary = blocks.TextBlock(label=_("De qué trata"))
    topic = blocks.ChoiceBlock(label=_("Tema"), choices=CodeTopic.choices)
    activity_minutes = blocks.IntegerBlock(label=_("Minutos"), min_value=1, max_value=60, default=10)
    stakeholders = blocks.ListBlock(StakeholderBlock(), label=_("Quiénes están en juego"), default=[])
    roles = blocks.ListBlock(
        RoleBlock(),
        label=_("Papeles que se pueden tomar"),
        default=[],
        max_num=4,
        help_text=_("Ninguno, o dos o más: la misma situación se ve distinta desde cada lugar."),
    )
    reminder_law = SnippetChooserBlock("courses.Law", label=_("Norma para recordar"), required=False)
    reminder_article = blocks.CharBlock(label=_("Artículo"), required=False, max_length=120)
    reminder_text = blocks.TextBlock(label=_("La regla, en simple"), required=False)
    start = scene_block(_("Primera escena"), _("Su número o su título. Vacía: la primera de la lista."))
    scenes = blocks.ListBlock(SceneBlock(), label=_("Escenas"), min_num=1, max_num=12)
    epilogue = blocks.ListBlock(EchoBlock(), label=_("Meses después"), default=[], max_num=20)
    reflection = blocks.TextBlock(label=_("Pregunta para pensar"))
    closing = blocks.RichTextBlock(label=_("Para llevarse"), features=["bold", "ul", "ol"])
    law = SnippetChooserBlock("courses.Law", label=_("Norma del caso"), required=False)
    law_article = blocks.CharBlock(label=_("Artículo"), required=False, max_length=120)
    law_version = blocks.DateBlock(label=_("Versión que leíste"), required=False)
    law_summary = blocks.RichTextBlock(label=_("Resumen"), features=["bold", "ul", "ol"], required=False)

    class Meta:
        icon = "order"
        label = _("Dilema")
        form_layout = blocks.BlockGroup(
            ["title", "summary", "topic", "stakeholders", "scenes", "reflection", "closing"],
            settings=["activity_minutes", "roles", "start", "epilogue", *_REMINDER, *_LAW, "code"],
        )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        name_story(cleaned)
        if self.is_deferred_validation:
            return cleaned
        require_some(cleaned, "stakeholders", _("Di al menos quién está en juego."))
        problem = find_story_problem(story_of(cleaned))
        if problem:
            raise blocks.StructBlockValidationError({"scenes": ValidationError(problem)})
        return cleaned


def story_of(value: Any) -> Story:
    """The story of a dilemma block's value."""
    scenes = value["scenes"]
    return Story(
        start=value["start"],
        scenes=[(s["key"], [(c["key"], c["next"]) for c in s["choices"]]) for s in scenes],
        roles=[(role["key"], role["start"]) for role in value["roles"]],
        echoes=[
            *((scene["key"], echo["after"]) for scene in scenes for echo in scene["echoes"]),
            *(("", echo["after"]) for echo in value["epilogue"]),
        ],
    )
