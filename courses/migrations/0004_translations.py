import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_assessment_terms'),
        ('quizzes', '0006_rows_to_begin_with'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleaseTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('words', models.JSONField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='releaseunit',
            name='unit_key_in_release',
        ),
        migrations.AddField(
            model_name='competence',
            name='locale',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale'),
        ),
        migrations.AddField(
            model_name='competence',
            name='translation_key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='coursepage',
            name='language',
            field=models.CharField(default='es', editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name='releaseunit',
            name='language',
            field=models.CharField(default='es', max_length=10),
        ),
        migrations.AlterField(
            model_name='competence',
            name='code',
            field=models.CharField(max_length=20, verbose_name='código'),
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='code',
            field=models.CharField(help_text='No cambia nunca: los registros de las personas descansan en él.', max_length=80, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]*$', 'Usa letras minúsculas, números y guiones.')], verbose_name='código'),
        ),
        migrations.AlterField(
            model_name='lessonpage',
            name='body',
            field=wagtail.fields.StreamField([('text', 1), ('plain', 3), ('law', 9), ('code_of_ethics', 13), ('channels', 15), ('check', 23), ('dilemma', 62), ('glossary', 65), ('image', 70), ('video', 76), ('document', 79)], block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'ol', 'ul', 'link'], 'label': 'Texto'}), 1: ('wagtail.blocks.StructBlock', [[('text', 0)]], {}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link', 'ul', 'ol'], 'label': 'En simple'}), 3: ('wagtail.blocks.StructBlock', [[('text', 2)]], {}), 4: ('wagtail.snippets.blocks.SnippetChooserBlock', ('courses.Law',), {'label': 'Norma'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Artículo', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.DateBlock', (), {'help_text': 'Fecha del texto consolidado en que te basaste. Aparece en la tarjeta.', 'label': 'Versión que leíste', 'required': False}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ul', 'ol'], 'label': 'Resumen en lenguaje claro'}), 8: ('wagtail.blocks.TextBlock', (), {'label': 'Cita textual', 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('law', 4), ('article', 5), ('version', 6), ('summary', 7), ('quote', 8)]], {}), 10: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('probidad', 'Probidad'), ('conflictos', 'Conflictos de interés'), ('regalos', 'Regalos e invitaciones'), ('lobby', 'Lobby y agenda pública'), ('recursos', 'Uso de recursos y tiempo'), ('informacion', 'Información y transparencia'), ('denuncias', 'Denuncias y protección'), ('trato', 'Trato digno'), ('codigo', 'El código en general')], 'label': 'Tema'}), 11: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link', 'ul', 'ol'], 'help_text': 'Se muestra cuando la institución de la persona aún no cargó ese artículo.', 'label': 'Texto general'}), 12: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Pedir que declare conocer el código', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('topic', 10), ('fallback', 11), ('acknowledge', 12)]], {}), 14: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link'], 'label': 'Introducción', 'required': False}), 15: ('wagtail.blocks.StructBlock', [[('intro', 14)]], {}), 16: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Usa letras minúsculas, números y guiones.'}, 'help_text': 'Única en el curso. Si la cambias, es otra pregunta.', 'label': 'Clave', 'max_length': 60, 'regex': '^[a-z0-9][a-z0-9-]*$'}), 17: ('wagtail.blocks.TextBlock', (), {'label': 'Situación y pregunta'}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'Alternativa', 'max_length': 400}), 19: ('wagtail.blocks.BooleanBlock', (), {'label': 'Es la correcta', 'required': False}), 20: ('wagtail.blocks.TextBlock', (), {'label': 'Qué le dices a quien la elige'}), 21: ('wagtail.blocks.StructBlock', [[('text', 18), ('correct', 19), ('feedback', 20)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Alternativas', 'max_num': 6, 'min_num': 2}), 23: ('wagtail.blocks.StructBlock', [[('key', 16), ('stem', 17), ('options', 22)]], {}), 24: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Usa letras minúsculas, números y guiones.'}, 'help_text': 'Única en el curso.', 'label': 'Clave', 'max_length': 40, 'regex': '^[a-z0-9][a-z0-9-]*$', 'required': True}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Título', 'max_length': 120}), 26: ('wagtail.blocks.TextBlock', (), {'label': 'De qué trata'}), 27: ('wagtail.blocks.IntegerBlock', (), {'label': 'Minutos', 'max_value': 60, 'min_value': 1}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Quién', 'max_length': 80}), 29: ('wagtail.blocks.TextBlock', (), {'label': 'Qué se juega'}), 30: ('wagtail.blocks.StructBlock', [[('name', 28), ('stake', 29)]], {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Quiénes están en juego', 'min_num': 1}), 32: ('wagtail.snippets.blocks.SnippetChooserBlock', ('courses.Law',), {'label': 'Norma para recordar', 'required': False}), 33: ('wagtail.blocks.TextBlock', (), {'label': 'La regla, en simple', 'required': False}), 34: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Usa letras minúsculas, números y guiones.'}, 'help_text': '', 'label': 'Primera escena', 'max_length': 40, 'regex': '^[a-z0-9][a-z0-9-]*$', 'required': True}), 35: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Usa letras minúsculas, números y guiones.'}, 'help_text': 'Única en el dilema.', 'label': 'Clave', 'max_length': 40, 'regex': '^[a-z0-9][a-z0-9-]*$', 'required': True}), 36: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ol', 'ul'], 'label': 'Qué pasa'}), 37: ('wagtail.blocks.CharBlock', (), {'label': 'Quién', 'max_length': 60}), 38: ('wagtail.blocks.TextBlock', (), {'label': 'Dice'}), 39: ('wagtail.blocks.StructBlock', [[('who', 37), ('says', 38)]], {}), 40: ('wagtail.blocks.ListBlock', (39,), {'default': [], 'label': 'Diálogo'}), 41: ('wagtail.blocks.CharBlock', (), {'label': 'Pregunta', 'max_length': 120}), 42: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Usa letras minúsculas, números y guiones.'}, 'help_text': 'Única en la escena: a, b, c.', 'label': 'Clave', 'max_length': 40, 'regex': '^[a-z0-9][a-z0-9-]*$', 'required': True}), 43: ('wagtail.blocks.TextBlock', (), {'label': 'Lo que hago'}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Cómo se cuenta después', 'max_length': 160}), 45: ('wagtail.blocks.TextBlock', (), {'label': 'Qué pasó después'}), 46: ('wagtail.blocks.CharBlock', (), {'label': 'Para quién', 'max_length': 80}), 47: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('good', 'Bueno'), ('cost', 'Con costo'), ('bad', 'Malo'), ('neutral', 'Sin cambio')], 'label': 'Cómo le resulta'}), 48: ('wagtail.blocks.CharBlock', (), {'label': 'En dos o tres palabras', 'max_length': 60}), 49: ('wagtail.blocks.TextBlock', (), {'label': 'Qué cambió'}), 50: ('wagtail.blocks.StructBlock', [[('who', 46), ('tone', 47), ('label', 48), ('text', 49)]], {}), 51: ('wagtail.blocks.ListBlock', (50,), {'label': 'A quién afecta', 'max_num': 6, 'min_num': 1}), 52: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Usa letras minúsculas, números y guiones.'}, 'help_text': 'Vacía: aquí termina.', 'label': 'Escena que sigue', 'max_length': 40, 'regex': '^[a-z0-9][a-z0-9-]*$', 'required': False}), 53: ('wagtail.blocks.StructBlock', [[('key', 42), ('text', 43), ('recap', 44), ('outcome', 45), ('effects', 51), ('next', 52)]], {}), 54: ('wagtail.blocks.ListBlock', (53,), {'label': 'Decisiones', 'max_num': 5, 'min_num': 2}), 55: ('wagtail.blocks.StructBlock', [[('key', 35), ('heading', 25), ('text', 36), ('dialogue', 40), ('question', 41), ('choices', 54)]], {}), 56: ('wagtail.blocks.ListBlock', (55,), {'label': 'Escenas', 'max_num': 12, 'min_num': 1}), 57: ('wagtail.blocks.TextBlock', (), {'label': 'Pregunta para pensar'}), 58: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ul', 'ol'], 'label': 'Para llevarse'}), 59: ('wagtail.snippets.blocks.SnippetChooserBlock', ('courses.Law',), {'label': 'Norma del caso', 'required': False}), 60: ('wagtail.blocks.DateBlock', (), {'label': 'Versión que leíste', 'required': False}), 61: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ul', 'ol'], 'label': 'Resumen', 'required': False}), 62: ('wagtail.blocks.StructBlock', [[('code', 24), ('title', 25), ('summary', 26), ('topic', 10), ('activity_minutes', 27), ('stakeholders', 31), ('reminder_law', 32), ('reminder_article', 5), ('reminder_text', 33), ('start', 34), ('scenes', 56), ('reflection', 57), ('closing', 58), ('law', 59), ('law_article', 5), ('law_version', 60), ('law_summary', 61)]], {}), 63: ('wagtail.blocks.CharBlock', (), {'label': 'Palabra', 'max_length': 100}), 64: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'link'], 'label': 'Significado'}), 65: ('wagtail.blocks.StructBlock', [[('term', 63), ('definition', 64)]], {}), 66: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Imagen'}), 67: ('wagtail.blocks.CharBlock', (), {'help_text': 'Qué dice la imagen a quien no la ve.', 'label': 'Texto alternativo', 'required': False}), 68: ('wagtail.blocks.BooleanBlock', (), {'label': 'Es solo decorativa', 'required': False}), 69: ('wagtail.blocks.CharBlock', (), {'label': 'Pie de imagen', 'required': False}), 70: ('wagtail.blocks.StructBlock', [[('image', 66), ('alt', 67), ('decorative', 68), ('caption', 69)]], {}), 71: ('wagtail.blocks.CharBlock', (), {'label': 'Título', 'max_length': 150}), 72: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Video (MP4)'}), 73: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Subtítulos (VTT)'}), 74: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'ol', 'ul'], 'label': 'Transcripción'}), 75: ('wagtail.blocks.CharBlock', (), {'help_text': 'Por ejemplo: 3 min 40 s', 'label': 'Duración', 'required': False}), 76: ('wagtail.blocks.StructBlock', [[('title', 71), ('video', 72), ('captions', 73), ('transcript', 74), ('duration', 75)]], {}), 77: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Documento'}), 78: ('wagtail.blocks.CharBlock', (), {'label': 'Cómo se llama', 'required': False}), 79: ('wagtail.blocks.StructBlock', [[('document', 77), ('title', 78)]], {})}, verbose_name='contenido'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.UniqueConstraint(fields=('code', 'language'), name='course_page_code_in_language'),
        ),
        migrations.AddConstraint(
            model_name='releaseunit',
            constraint=models.UniqueConstraint(fields=('release', 'key', 'language'), name='unit_key_in_release'),
        ),
        migrations.AddField(
            model_name='releasetranslation',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='courses.courserelease'),
        ),
        migrations.AddConstraint(
            model_name='releasetranslation',
            constraint=models.UniqueConstraint(fields=('release', 'language'), name='release_translation_language'),
        ),
    ]
