"""Thai digits and Arabic ones."""

THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
_TO_THAI = str.maketrans(ARABIC, THAI)
_TO_ARABIC = str.maketrans(THAI, ARABIC)


def thai_digits(text: str | int) -> str:
    """Return the text with Thai digits, as official letters have them: 2563 → ๒๕๖๓."""
    return str(text).translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Return the text with Arabic digits, as screens have them; people type either: ๒๕๖๓ → 2563."""
    return text.translate(_TO_ARABIC)
