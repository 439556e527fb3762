"""Monthly partitions on PostgreSQL, for migrations and upkeep."""

from typing import Any

from django.db import migrations


class CreatePartitionedModel(migrations.CreateModel):
    """A model whose table PostgreSQL splits by ranges of ``position``; elsewhere a plain table."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            sql, params = schema_editor.table_sql(model)
            schema_editor.execute(f"{sql} PARTITION BY RANGE (position)", params or None)


def create_tie(_apps: Any, schema_editor: Any) -> None:
    """The sequence that keeps apart batches of one microsecond."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE SEQUENCE xapi_tie AS bigint")
        # The text is compressed already.
        schema_editor.execute("ALTER TABLE xapi_statement ALTER COLUMN body SET STORAGE EXTERNAL")


def drop_tie(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE xapi_tie")
