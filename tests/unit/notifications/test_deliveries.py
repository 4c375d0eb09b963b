"""Where a message to somebody goes: one delivery a contact point, and one that says why for somebody who cannot be reached."""

import pytest

from shared.notifications.channels import CHANNELS, Channel
from shared.notifications.operations import Delivery, Recipient, deliveries
from shared.people.models import ContactPoint


@pytest.mark.parametrize("name", CHANNELS)
def test_channel_has_what_a_channel_has(name: str) -> None:
    assert isinstance(CHANNELS[name], Channel)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([], [Delivery("email", "", "no address")]),
        ([("email", "a@b.example")], [Delivery("email", "a@b.example")]),
        ([("email", "not an address")], [Delivery("email", "not an address", "cannot be reached: not an address")]),
        (
            [("email", "a@b.example"), ("pigeon", "loft 4")],
            [Delivery("email", "a@b.example"), Delivery("pigeon", "loft 4", "there is no channel pigeon")],
        ),
    ],
)
def test_every_contact_point_gets_its_delivery(points: list[tuple[str, str]], expected: list[Delivery]) -> None:
    recipient = Recipient("นางสมใจ", [ContactPoint(channel=channel, address=address) for channel, address in points])
    assert list(deliveries(recipient)) == expected
