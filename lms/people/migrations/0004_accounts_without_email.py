from django.db import migrations

import lms.people.models.accounts


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_places_roles_and_merges'),
    ]

    operations = [
        migrations.AlterField(
            model_name='user',
            name='email',
            field=lms.people.models.accounts.AddressField(blank=True, max_length=254, null=True, unique=True, verbose_name='correo'),
        ),
    ]
