import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.discussions.rules.cohorts import Audience, Cohort
from lms.discussions.rules.posting import LONGEST_POST, LONGEST_REASON, LONGEST_TITLE, PostState

AUDIENCE_CHOICES = [
    (Audience.INSTITUTION.value, _("Las personas de una institución")),
    (Audience.CITIZENS.value, _("Quienes aprenden por su cuenta")),
    (Audience.EVERYBODY.value, _("Todas las personas del curso")),
]
STATE_CHOICES = [
    (PostState.PUBLISHED.value, _("Publicado")),
    (PostState.WAITING.value, _("Por aprobar")),
    (PostState.HIDDEN.value, _("Retirado por moderación")),
    (PostState.WITHDRAWN.value, _("Retirado por quien lo escribió")),
    (PostState.ERASED.value, _("Borrado con los datos de la persona")),
]


class ThreadQuerySet(models.QuerySet["Thread"]):
    def readable_by(self, *, cohort: Cohort | None, person_id: int | None) -> "ThreadQuerySet":
        """What was written for everybody or for this cohort, and has been published or is one's own."""
        audience = Q(audience=Audience.EVERYBODY.value)
        if cohort:
            audience |= Q(audience=cohort.audience.value, institution_id=cohort.institution_id)
        return self.filter(audience, Q(published_at__isnull=False) | Q(started_by_id=person_id))


class Thread(models.Model):
    """One subject of a course's conversation and for whom it was written. Unique by public id.

    ``last_number``: that of its newest message, from which the next one counts on. Not published
    until its first message is.

    PII: ``title`` is the words of whoever began it; blanked when that person takes its first message
    back or is erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    discussion = models.ForeignKey(
        "discussions.CourseDiscussion", on_delete=models.CASCADE, related_name="threads", db_index=False
    )
    audience = models.CharField(max_length=11, choices=AUDIENCE_CHOICES)
    institution = models.ForeignKey(
        "people.Institution", null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    started_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    last_post_at = models.DateTimeField()
    last_number = models.PositiveIntegerField(default=0)
    is_pinned = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("tema de conversación")
        verbose_name_plural = _("temas de conversación")
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.INSTITUTION.value, institution__isnull=False)
                | (~Q(audience=Audience.INSTITUTION.value) & Q(institution__isnull=True)),
                name="thread_of_an_institution_names_it",
            )
        ]
        indexes = [
            models.Index(fields=["discussion", "-is_pinned", "-last_post_at"], name="thread_of_discussion")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cohort(self) -> Cohort:
        return Cohort(Audience(self.audience), self.institution_id)

    @property
    def is_for_everybody(self) -> bool:
        return self.audience == Audience.EVERYBODY


class PostQuerySet(models.QuerySet["Post"]):
    def readable_by(self, *, person_id: int | None) -> "PostQuerySet":
        """What others were ever shown, and one's own; its place stays whatever became of it."""
        return self.filter(Q(published_at__isnull=False) | Q(person_id=person_id))


class Post(models.Model):
    """One message. Unique by public id, and by thread and ``number``, which never changes.

    ``institution``: where its author worked then, for those who learn at work. ``in_reply_to``: the
    message of the same thread that it answers. ``published_at`` is empty as long as it waits.

    PII: the person's own words and name. Taken back, the words and what they were before go and the
    place stays; so they do when the person is erased, whose place then says so without a name.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts", db_index=False)
    number = models.PositiveIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey(
        "people.Institution", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_trainer = models.BooleanField(default=False)
    in_reply_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST_POST, blank=True)
    state = models.CharField(max_length=9, choices=STATE_CHOICES)
    hidden_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("mensaje")
        verbose_name_plural = _("mensajes")
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="post_number_in_thread")]
        indexes = [
            models.Index(fields=["person", "-written_at"], name="post_of_person"),
            models.Index(fields=["written_at"], condition=Q(state="waiting"), name="post_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.number}"

    @property
    def is_first(self) -> bool:
        return self.number == 1


class PostEdit(models.Model):
    """The words of a message before its author corrected them. Read by those who moderate only.

    PII: the person's own words; deleted with those of the message.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField(max_length=LONGEST_POST)
    replaced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("versión anterior de un mensaje")
        verbose_name_plural = _("versiones anteriores de mensajes")
        ordering = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.replaced_at:%Y-%m-%d %H:%M}"
