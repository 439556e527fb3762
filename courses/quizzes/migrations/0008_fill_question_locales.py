from django.db import migrations
from wagtail.models import BootstrapTranslatableModel


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0007_question_locales")]

    operations = [BootstrapTranslatableModel("quizzes.Question")]
