from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("integrity", "0003_fill_slot_versions")]

    operations = [
        migrations.DeleteModel(name="CodeArticle"),
        migrations.DeleteModel(name="IntegrityContact"),
    ]
