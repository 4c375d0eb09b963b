"""Structured logs of every process: one line of JSON, or readable lines for a person; never a token."""

import logging
import re
import sys
from typing import Any

import structlog

from shared.settings import settings

_TOKEN = re.compile(r"\b(gl|sa|bs|si)_[A-Za-z0-9_-]{20,}")
_CODE = re.compile(r"(/s/go/)[^/\s?#\"']+")
_NOISY = ("botocore", "urllib3", "kombu", "amqp", "celery.app.trace", "celery.worker.strategy", "alembic")


def redact(text: str) -> str:
    """Return `text` with tokens of `shared.people.tokens` cut to their first letters, and without short codes in addresses."""
    return _CODE.sub(r"\1…", _TOKEN.sub(r"\1_…", text))


def configure() -> None:
    """Send the logs of structlog and of the standard library to standard error in the form `settings().log_format` names."""
    shape: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if settings().log_format == "console"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.format_exc_info,
        _without_tokens,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shape]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings().log_level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _without_tokens(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}
