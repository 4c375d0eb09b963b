"""Fingerprints of stored answers: a page knows by them which of its answers were changed on it. Pure."""

import json
from hashlib import sha256

from shared.forms.questions import Consent, Question, Several
from shared.forms.reading import Stored

LENGTH = 16


def fingerprint(question: Question, value: Stored) -> str:
    """Return a fingerprint of an answer; a box that was never ticked is as good as unticked."""
    if isinstance(question, Consent) and value is None:
        value = False
    if isinstance(question, Several) and value == []:
        value = None
    content = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(content.encode()).hexdigest()[:LENGTH]
