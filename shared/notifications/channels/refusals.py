"""How a channel says no."""

from shared.errors import Invalid, Unavailable


class AddressRefused(Invalid):
    """The address will never take a message."""

    th = "ที่อยู่ผู้รับใช้ไม่ได้: {why}"
    en = "The address does not take messages: {why}"


class ChannelUnavailable(Unavailable):
    """The channel does not take messages just now."""

    th = "ช่องทางส่งข้อความไม่ตอบสนอง: {why}"
    en = "The channel does not take messages just now: {why}"
