"""Letters: what is set on paper. One template a kind, `<name>.typ`, with the fonts they need beside it."""

from shared.notifications.letters.setting import set_letter

__all__ = ["set_letter"]
