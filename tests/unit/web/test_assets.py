"""Addresses of static files: JavaScript modules share one version, and every import leads to a module that is there."""

import re
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from services import pages
from services.web import assets
from services.web.assets import MODULES, module_tags, module_urls, modules, serve, static_url

assets.add_folder(Path(pages.__file__).parent / "static")

ENTRIES = ("group.js", "answers.js", "assist.js", "review.js", "player.js", "sending/desk.js")
GROUP_PAGE_MODULES = 6
"""On a weak line each request costs a round trip."""
DYNAMIC_IMPORT = re.compile(r'import\("(\.[^"]+)"\)')


def test_modules_share_one_version_so_that_relative_imports_work() -> None:
    versions = {static_url(name).split("/")[2] for name in modules()}
    assert len(versions) == 1
    assert static_url("theme.css").split("/")[2] not in versions


def test_file_that_is_not_there_has_no_address() -> None:
    for name in ("nothing.css", "js/nothing.js"):
        with pytest.raises(FileNotFoundError):
            static_url(name)


def test_every_module_is_reached_from_a_page() -> None:
    reached = {url.split("/", 3)[3] for entry in ENTRIES for url in module_urls(f"{MODULES}/{entry}")}
    assert reached == set(modules())


def test_module_fetched_later_is_there() -> None:
    for file in modules().values():
        for imported in DYNAMIC_IMPORT.findall(file.read_text()):
            assert (file.parent / imported).is_file()


def test_group_page_asks_for_few_modules() -> None:
    assert len(module_urls("js/group.js")) <= GROUP_PAGE_MODULES


def test_page_fetches_a_module_and_its_imports_side_by_side() -> None:
    *preloads, entry = module_tags("review.js").splitlines()
    assert entry == f'<script type="module" src="{static_url("js/review.js")}"></script>'
    assert f'<link rel="modulepreload" href="{static_url("js/ballot/total.js")}">' in preloads
    assert len(preloads) == len(module_urls("js/review.js")) - 1


def asked_for(url: str) -> Response:
    _, _, version, name = url.split("/", 3)
    scope = {"type": "http", "headers": [], "path_params": {"version": version, "name": name}}
    return serve(Request(scope))


def test_file_is_kept_for_ever() -> None:
    for name in ("theme.css", "js/group.js", "vendor/htmx.min.js"):
        answer = asked_for(static_url(name))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_module_asked_for_by_a_page_of_another_release_is_not_kept() -> None:
    answer = asked_for("/static/0123456789/js/group.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_nothing_outside_is_served() -> None:
    for name in ("../assets.py", "js/../../assets.py", "js", "nothing.css"):
        assert asked_for(f"/static/0123456789/{name}").status_code == 404


def test_module_is_javascript_to_a_browser() -> None:
    assert asked_for(static_url("js/group.js")).media_type in ("text/javascript", "application/javascript")
