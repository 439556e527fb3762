from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("progress", "0005_copy_answers_to_events")]

    operations = [migrations.DeleteModel(name="AttemptAnswer")]
