"""What codes said by topic, and the contacts, become versions of slots; and back, as far as they are current."""

from django.db import migrations

from lms.lib import clock

KINDS = ("coordinator", "queries", "reports", "committee")
CONTACT_FIELDS = ("name", "email", "phone", "url", "note")


def fill(apps, schema_editor):
    """The versions of a code, one after the other, are the history of its topics. Safe twice."""
    slot_version = apps.get_model("integrity", "SlotVersion")
    if slot_version.objects.exists():
        return
    _fill_articles(apps, slot_version)
    now = clock.now()  # when a contact was written was not kept
    for contact in apps.get_model("integrity", "IntegrityContact").objects.order_by("pk").iterator():
        slot_version.objects.create(
            institution_id=contact.institution_id,
            kind=contact.kind,
            number=1,
            written_at=now,
            **{name: getattr(contact, name) for name in CONTACT_FIELDS},
        )


def _fill_articles(apps, slot_version):
    numbers, texts = {}, {}
    codes = apps.get_model("integrity", "EthicsCode").objects.prefetch_related("articles")
    for code in codes.order_by("institution_id", "version"):
        said = {f"article_{one.topic}": (one.text, one.reference) for one in code.articles.all()}
        before = {kind for place, kind in texts if place == code.institution_id}
        for kind in sorted(before | set(said)):
            key, words = (code.institution_id, kind), said.get(kind, ("", ""))
            if texts.get(key, ("", "")) == words:
                continue
            texts[key], numbers[key] = words, numbers.get(key, 0) + 1
            slot_version.objects.filter(institution_id=key[0], kind=kind).update(is_current=False)
            slot_version.objects.create(
                institution_id=key[0],
                kind=kind,
                number=numbers[key],
                text=words[0],
                reference=words[1],
                written_at=code.updated_at,
            )


def put_back(apps, schema_editor):
    slot_version = apps.get_model("integrity", "SlotVersion")
    contact, article = (apps.get_model("integrity", name) for name in ("IntegrityContact", "CodeArticle"))
    current = slot_version.objects.filter(is_current=True)
    codes = dict(
        apps.get_model("integrity", "EthicsCode")
        .objects.filter(is_current=True)
        .values_list("institution_id", "pk")
    )
    for row in current.filter(kind__startswith="article_").exclude(text="").iterator():
        if row.institution_id in codes:
            article.objects.get_or_create(
                code_id=codes[row.institution_id],
                topic=row.kind.removeprefix("article_"),
                defaults={"text": row.text, "reference": row.reference},
            )
    for row in current.filter(kind__in=KINDS).exclude(name="").iterator():
        fields = {name: getattr(row, name) for name in CONTACT_FIELDS}
        contact.objects.get_or_create(institution_id=row.institution_id, kind=row.kind, defaults=fields)


class Migration(migrations.Migration):
    dependencies = [("integrity", "0002_slot_versions")]

    operations = [migrations.RunPython(fill, put_back)]
