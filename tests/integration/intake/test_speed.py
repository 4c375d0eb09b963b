"""A telephone measures how fast it can send."""

import json

from factories.tus import Sender


def test_small_body_is_taken_and_forgotten(sender: Sender) -> None:
    assert sender.ask("POST", "/api/intake/speed", bytes(64 * 1024)).status == 204


def test_more_than_a_measurement_needs_is_refused(sender: Sender) -> None:
    answer = sender.ask("POST", "/api/intake/speed", bytes(64 * 1024 + 1))
    assert (answer.status, json.loads(answer.body)["code"]) == (413, "probe_too_large")


def test_stranger_is_refused(sender: Sender) -> None:
    assert sender.ask("POST", "/api/intake/speed", bytes(10), Authorization=None).status == 401
