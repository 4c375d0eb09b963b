"""Amounts in words, as letters and receipts write them after the figure."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
MILLION = 1_000_000


def number_in_words(number: int) -> str:
    """Return a whole number in words: 21 → ยี่สิบเอ็ด. Raises ValueError below 0."""
    if number < 0:
        raise ValueError("amounts in words are not negative")
    if number == 0:
        return DIGITS[0]
    millions, rest = divmod(number, MILLION)
    head = f"{number_in_words(millions)}ล้าน" if millions else ""
    return head + _below_a_million(rest, follows=bool(millions))


def in_words(amount: Decimal | int) -> str:
    """Return an amount of baht in words, rounded to whole satang: 90000 → เก้าหมื่นบาทถ้วน.

    Raises TypeError for a float, ValueError below 0.
    """
    if isinstance(amount, float):
        raise TypeError("an amount of money is a Decimal: a float has lost satang already")
    satang_in_all = int((Decimal(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if satang_in_all < 0:
        raise ValueError("amounts in words are not negative")
    baht, satang = divmod(satang_in_all, 100)
    if not satang:
        return f"{number_in_words(baht)}บาทถ้วน"
    return (f"{number_in_words(baht)}บาท" if baht else "") + f"{number_in_words(satang)}สตางค์"


def _below_a_million(number: int, *, follows: bool) -> str:
    """Say up to six digits; `follows` tells that millions were said before, after which a lone 1 is เอ็ด, too."""
    words = []
    for place in range(len(PLACES) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            continue
        if place == 0 and digit == 1 and (number > 1 or follows):
            words.append("เอ็ด")
        elif place == 1 and digit <= 2:
            words.append("สิบ" if digit == 1 else "ยี่สิบ")
        else:
            words.append(DIGITS[digit] + PLACES[place])
    return "".join(words)
