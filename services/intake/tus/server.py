"""What one process shares among all its uploads."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request

from services.intake.tus.authorisation_cache import AuthorisationCache
from services.intake.tus.lease import Leases
from services.intake.tus.memory import MemoryBudget
from shared.settings import Settings


@dataclass(frozen=True, slots=True)
class UploadServer:
    """The memory, leases and remembered authorisations of one process; the app makes it."""

    memory: MemoryBudget
    leases: Leases
    authorisations: AuthorisationCache

    @classmethod
    def of(cls, settings: Settings) -> "UploadServer":
        """Make one with the limits of the settings."""
        return cls(
            MemoryBudget(limit_bytes=settings.upload_memory_bytes, most_connections=settings.upload_connections),
            Leases(duration=timedelta(seconds=settings.upload_lease_seconds)),
            AuthorisationCache(),
        )


async def _server(request: Request) -> UploadServer:  # async: what only reads an attribute needs no thread
    server: UploadServer = request.app.state.upload_server
    return server


Server = Annotated[UploadServer, Depends(_server)]
"""The upload server of the app that a request came to."""
