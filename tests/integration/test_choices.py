"""The database holds the values of the enums and no others."""

import re

import pytest
from sqlalchemy import Column, Engine, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from shared.database.choices import Choice
from shared.submissions.models import Filing
from shared.tables import metadata

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns if isinstance(column.type, Choice)]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_check_of_the_database_names_the_values_of_the_enum(engine: Engine, column: Column[str]) -> None:
    query = text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
    with engine.connect() as connection:
        definition = connection.scalar(query, {"name": f"ck_{column.table.name}_{column.name}"})
    assert isinstance(column.type, Choice)
    assert sorted(re.findall(r"'(\w+)'", definition or "")) == sorted(column.type.enum)


def test_a_value_the_enum_does_not_have_is_refused_by_the_column_and_by_the_database(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError, match="granted"):
        connection.execute(update(Filing).values(status="granted"))
    written = text(
        "INSERT INTO codes (id, purpose, digest, subject_id, expires_at, tries_left)"
        " VALUES (gen_random_uuid(), 'other', '', gen_random_uuid(), now(), 1)"
    )
    with engine.connect() as connection, pytest.raises(IntegrityError, match="ck_codes_purpose"):
        connection.execute(written)
