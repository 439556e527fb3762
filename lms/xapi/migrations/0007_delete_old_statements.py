from django.db import migrations


class Migration(migrations.Migration):
    """They are in the record."""

    dependencies = [("xapi", "0006_move_old_statements")]

    operations = [migrations.DeleteModel("OldStatement")]
