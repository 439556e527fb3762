"""What is said in the conversation of the demonstration's course."""

from datetime import datetime, timedelta

from django.db import transaction

from courses.models import Course
from lms.discussions.models import CourseDiscussion, Post
from lms.discussions.rules.cohorts import EVERYBODY, Audience, Cohort, Scope
from lms.discussions.rules.moderation import ThreadAct
from lms.discussions.services.acts import Moderator
from lms.discussions.services.joining import join
from lms.discussions.services.moderating import change_thread
from lms.discussions.services.posting import Author, reply, start_thread
from lms.discussions.services.reporting import report_post
from lms.discussions.services.settings import change_settings
from lms.lib.clock import local_date, start_of_day
from lms.people.models import Institution, Person, Role, User
from lms.progress.models import LearningContext

WELCOME = (
    "Bienvenida y bienvenido. Aquí pueden preguntar sobre las lecciones y compartir cómo lo resuelven en su "
    "servicio, sin nombrar a nadie.\n\nEl texto de la ley está en "
    "https://www.bcn.cl/leychile/navegar?idNorma=29967 y conviene tenerlo a mano."
)
TALK = (
    ("Un calendario de regalo, ¿se acepta?",
     "En fin de año llegan calendarios y agendas de proveedores. La lección habla de regalos, pero no me "
     "queda claro si algo tan menor también cuenta."),
    ("", "En mi unidad los devolvemos todos, con una nota amable. Así nadie tiene que decidir caso a caso."),
    ("", "Nuestro código dice «sin importar su valor», en la página 18. Para mí es claro."),
    ("", "¿Y si llega por correo y no hay a quién devolverlo?"),
)  # fmt: skip
TRAINER_SAYS = (
    "Lo que no se puede devolver se entrega a Gestión de Personas y queda registrado. Es lo que muestra la "
    "tercera escena del dilema."
)


@transaction.atomic
def make_conversation(*, course: Course, place: Institution, trainer: User, at: datetime) -> None:
    """Switch it on and let five people of the institution and the trainer speak; nothing the second time."""
    if CourseDiscussion.objects.filter(course=course).exists():
        return
    moderator = Moderator(trainer.pk, Role.TRAINER)
    begun = start_of_day(local_date(at) - timedelta(days=3)) + timedelta(hours=9, minutes=20)
    discussion = change_settings(
        course=course,
        is_open=True,
        scope=Scope.COHORT,
        approves_first=False,
        moderator=moderator,
        at=begun - timedelta(days=1),
    )
    teacher = _join(discussion, trainer.person, begun)
    welcome = start_thread(
        discussion_id=discussion.pk,
        author=Author(teacher.pk, is_trainer=True),
        audience=EVERYBODY,
        title="Empecemos por aquí",
        text=WELCOME,
        at=begun - timedelta(minutes=50),
    )
    change_thread(thread_id=welcome.thread_id, act=ThreadAct.PIN, moderator=moderator, at=begun)
    people = _learners(course, place)
    if people:
        last = _speak(discussion, people, place, begun)
        author = Author(teacher.pk, is_trainer=True)
        reply(
            thread_id=last.thread_id,
            author=author,
            text=TRAINER_SAYS,
            answers=last.public_id,
            at=begun + timedelta(hours=7),
        )
        for reader in [person for person in people if person.pk != last.person_id][:1]:
            report_post(post_id=last.pk, person_id=reader.pk, reason="off_topic", note="", at=at)


def _speak(discussion: CourseDiscussion, people: list[Person], place: Institution, at: datetime) -> Post:
    """The first opens the subject, the others answer; the last message."""
    post: Post | None = None
    for number, (title, text) in enumerate(TALK):
        person = _join(discussion, people[number % len(people)], at)
        author = Author(person.pk, institution_id=place.pk)
        moment = at + timedelta(minutes=75 * number)
        if post is None:
            cohort = Cohort(Audience.INSTITUTION, place.pk)
            post = start_thread(
                discussion_id=discussion.pk, author=author, audience=cohort, title=title, text=text, at=moment
            )
        else:
            post = reply(
                thread_id=post.thread_id, author=author, text=text, answers=post.public_id, at=moment
            )
    assert post is not None
    return post


def _learners(course: Course, place: Institution) -> list[Person]:
    people = Person.objects.present().filter(
        enrolments__course=course, enrolments__context=LearningContext.EMPLOYEE, postings__institution=place
    )
    return list(people.order_by("pk").distinct()[: len(TALK)])


def _join(discussion: CourseDiscussion, person: Person, at: datetime) -> Person:
    name = (person.given_names.split() or [person.given_names])[0]
    join(discussion_id=discussion.pk, person_id=person.pk, display_name=name, mail_replies=False, at=at)
    return person
