"""Questions and forms for tests: one of each type, made at random, and what people type into them."""

from random import Random
from typing import Any

from pydantic import TypeAdapter

from shared.forms import answering
from shared.forms.form import Form
from shared.forms.problem import written
from shared.forms.questions import Question

QUESTION: TypeAdapter[Any] = TypeAdapter(Question)
OPTIONS = ["seeds", "tools", "fence"]
NEEDED: dict[str, dict[str, Any]] = {
    "choice": {"options": [{"key": key, "label": {"th": f"ข้อ {key}", "en": f"option {key}"}} for key in OPTIONS]},
    "several": {"options": [{"key": key, "label": {"th": f"ข้อ {key}", "en": f"option {key}"}} for key in OPTIONS]},
    "table": {
        "columns": [
            {"key": "what", "label": {"th": "รายการ", "en": "item"}, "type": "short_text"},
            {"key": "count", "label": {"th": "จำนวน", "en": "number"}, "type": "number", "required": False, "sum": True},
            {"key": "amount", "label": {"th": "เงิน", "en": "amount"}, "type": "money", "sum": True},
            {"key": "on", "label": {"th": "วันที่", "en": "day"}, "type": "date", "required": False},
        ]
    },
}
"""What a question of a type cannot do without."""


def asked(type_: str, key: str = "answer", **more: Any) -> Any:
    """Return a question of a type."""
    return QUESTION.validate_python(
        {"type": type_, "key": key, "label": {"th": f"ข้อ {key}", "en": f"Question {key}"}} | NEEDED.get(type_, {}) | more
    )


def item(key: str = "plan", **more: Any) -> dict[str, Any]:
    """Return an item as its file has it."""
    return {"key": key, "label": {"th": "แผน", "en": "plan"}, "types": ["pdf"], "max_bytes": 1000} | more


def form(*questions: Any, items: tuple[dict[str, Any], ...] = ()) -> Form:
    """Return a form of questions and items."""
    return Form.model_validate({"questions": questions, "items": items})


def read(question: Any, typed: object) -> Any:
    """Return what is stored of something typed; everything must be right."""
    stored, faults = answering.read(form(question), {question.key: typed})
    assert faults == []
    return stored.get(question.key)


def codes(question: Any, typed: object) -> dict[str, str]:
    """Return what is wrong with something typed: place → code."""
    _, faults = answering.read(form(question), {question.key: typed})
    return {written(fault.path): fault.code for fault in faults}


def refused(question: Any, typed: object) -> str:
    """Return the code with which something typed is refused as a whole."""
    found = codes(question, typed)
    assert list(found) == [question.key]
    return found[question.key]


def random_typed(question: Any, random: Random) -> Any:
    """Return something right that people could type into a question."""
    match question.type:
        case "short_text" | "long_text":
            return random.choice(
                ["กลุ่มออมทรัพย์", "e\u0301tat", " น\u0e49\u0e4d\u0e32  ใส ", "เเม่", "line one\r\nline two", "👍", "๑๒", "{x}"]
            )
        case "number" | "indicator" | "money":
            number = f"{random.randrange(10**6):,}"
            number = random.choice([number, number.replace(",", ""), f"{number}.5" if _decimals(question) else number])
            return {"before": number, "after": random.choice([number, None])} if question.type == "indicator" else number
        case "date":
            day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1857, 2157)
            return random.choice([f"{day}/{month}/{year + 543}", f"{day}-{month}-{year}", f"{year}-{month:02}-{day:02}"])
        case "choice":
            return random.choice(OPTIONS)
        case "several":
            return random.sample(OPTIONS, random.randint(1, 3))
        case "consent":
            return random.choice(["yes", "no", True, False, "on", "ใช่"])
        case "place":
            parts = {"province": "จ.ลำปาง", "amphoe": "อ.แม่ทะ", "tambon": "ต.ดอนไฟ"}
            return {level: parts[level] for level in list(parts)[: ["province", "amphoe", "tambon"].index(question.level) + 1]}
        case "telephone":
            return random.choice(["081-234 5678", "+66 2 123 4567 ต่อ 12", "๐๖๑๒๓๔๕๖๗๘", "+44 20 7946 0958"])
        case "email":
            return random.choice(["A@Example.org", "กลุ่ม@ตัวอย่าง.ไทย", "a.b+c@d-e.co.th"])
        case "table":
            row = {"what": "ปุ๋ย", "count": random.randrange(99), "amount": f"{random.randrange(10**6)}.25", "on": "29 พ.ค. 2563"}
            return [dict(row, amount=f"{random.randrange(10**4)}.{random.randrange(100):02}") for _ in range(random.randint(1, 5))]
    raise AssertionError(f"nothing to type into {question.type}")


def random_form(random: Random, *, questions: int = 12) -> Form:
    """Return a form whose conditions hang on one another in any order, but never in a circle."""
    made: list[Any] = []
    for number in range(questions):
        type_ = random.choice(["choice", "several", "consent", "short_text", "number", "table"])
        above = [one for one in made if one.type in {"choice", "several", "consent"}]
        hangs_on = random.sample(above, min(len(above), random.choice([0, 0, 1, 1, 2])))
        when = {one.key: random.sample(OPTIONS if one.type != "consent" else ["yes", "no"], random.randint(1, 2)) for one in hangs_on}
        made.append(asked(type_, f"q{number}", required=random.random() < 0.5, when=when or None))
    first = {"choice": "seeds", "several": "tools", "consent": "yes"}.get(made[0].type)
    opens = {made[0].key: [first]} if first else None
    random.shuffle(made)
    return form(*made, items=(item(when=opens),))


def _decimals(question: Any) -> bool:
    return bool(question.type == "money" or question.decimals)
