"""One channel a file, one line here. A channel sends one rendered message to one address."""

from typing import Protocol
from uuid import UUID

from shared.notifications.channels import email
from shared.notifications.messages import Rendered


class Channel(Protocol):
    """What a channel's module has."""

    def send(self, *, address: str, name: str, message: Rendered, id_: UUID) -> None:
        """Hand the message over. Raises AddressRefused (never again) or ChannelUnavailable (later)."""


CHANNELS: dict[str, Channel] = {
    "email": email,
}
