"""Channels, one a file. A new one is a file here, a line in `NAMES`, and a test of the same name: see README.md beside this.

A channel says whether it can reach an address and sends one message to it; it knows no message and no table.
"""

from importlib import import_module
from typing import Protocol, cast, runtime_checkable

from shared.notifications.channels.envelope import Envelope
from shared.notifications.rendering import Rendered


@runtime_checkable
class Channel(Protocol):
    """What the module of a channel has."""

    def check_settings(self) -> None:
        """Raise ChannelUnavailable, saying what to change, when the settings of this process cannot be used."""

    def can_reach(self, address: str) -> bool:
        """Return whether an address is one of this channel; asks nobody."""

    def send(self, envelope: Envelope, message: Rendered) -> None:
        """Send a message to one address. Raises AddressRefused (never try again), ChannelUnavailable (try later)."""


NAMES = (
    "email",
)  # fmt: skip
CHANNELS: dict[str, Channel] = {name: cast(Channel, import_module(f"{__name__}.{name}")) for name in NAMES}


def check_settings() -> None:
    """Have every channel check its settings. Raises ChannelUnavailable."""
    for channel in CHANNELS.values():
        channel.check_settings()
