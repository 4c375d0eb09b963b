"""Lengths, sizes and amounts as people read them."""

from decimal import Decimal


def length(seconds: float | Decimal, *, precise: bool = False) -> str:
    """Return a length as people write it: 319.99 → 5:20, precise 5:19.99; 3661 → 1:01:01."""
    hundredths = round(seconds * 100) if precise else round(seconds) * 100
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, 100)
    fraction = f".{part:02d}".rstrip("0") if part else ""
    return f"{hours}:{minutes:02d}:{whole:02d}{fraction}" if hours else f"{minutes}:{whole:02d}{fraction}"


def megabytes(size: int) -> str:
    """Return a size as people read it: 52,428,800 → 50 MB, 2,147,483,648 → 2 GB."""
    for unit, bytes_ in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= bytes_:
            return f"{size / bytes_:.1f}".removesuffix(".0") + f" {unit}"
    return f"{max(1, round(size / 1024)) if size else 0} KB"
