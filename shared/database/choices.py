"""Columns that hold a member of a StrEnum: typed in rows, checked by the database."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, MetaData, Table, Text, event
from sqlalchemy.types import TypeDecorator


class Choice(TypeDecorator[StrEnum]):
    """Text that is one of an enum's values. Reads return members; writing any other value raises ValueError."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        """Take the enum whose values the column may hold."""
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return what is sent to the database."""
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """Return the member that was read."""
        return None if value is None else self.enum(value)

    def condition(self, column: str) -> str:
        """Return the SQL condition that holds for this enum's values alone, as the CHECK of `column`."""
        values = ", ".join(f"'{member.value}'" for member in self.enum)
        return f"{column} IN ({values})"


@event.listens_for(Table, "after_parent_attach")
def _check(table: Table, parent: MetaData) -> None:
    """Give each such column its CHECK, named `ck_<table>_<column>` by the naming convention."""
    for column in table.columns:
        if isinstance(column.type, Choice):
            table.append_constraint(CheckConstraint(column.type.condition(column.name), name=column.name))
