"""Count what is asked of the database, so that a page whose queries grow with its rows is found."""

from collections.abc import Callable


class QueryCount:
    """Counts the statements of this process while something is done; `statements` are those of the last time."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, act: Callable[[], object]) -> int:
        """Do it; return how many statements it took."""
        self.statements.clear()
        act()
        return len(self.statements)

    def note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        """Note a statement: what SQLAlchemy calls before each."""
        self.statements.append(statement)
