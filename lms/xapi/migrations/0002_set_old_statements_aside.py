from django.db import migrations


class Migration(migrations.Migration):
    """The first table of statements, until its rows are in the record."""

    dependencies = [("xapi", "0001_initial")]

    operations = [migrations.RenameModel("Statement", "OldStatement")]
