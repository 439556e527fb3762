"""That those responsible were reminded of a report: once for each half-year and stage."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0007_indicator_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=6, verbose_name='semestre')),
                ('stage', models.CharField(choices=[('month', 'month'), ('week', 'week'), ('late', 'late')], max_length=8, verbose_name='cuándo')),
                ('sent_at', models.DateTimeField(verbose_name='enviado')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recordatorio de informar avances',
                'verbose_name_plural': 'recordatorios de informar avances',
                'constraints': [models.UniqueConstraint(fields=('user', 'period', 'stage'), name='report_reminder_once')],
            },
        ),
    ]
