"""What staff type: accounts, programmes, target groups, jobs; on the real parts."""

import getpass
import json
import re
from pathlib import Path
from typing import Any

import factories
import httpx2
from integration.cli.conftest import Run
from sqlalchemy import select

from deploy.local.background import BackgroundStack
from shared.database import transaction
from shared.events.models import Event
from shared.queue.kinds import PLACE_SUBMISSION
from shared.queue.lifecycle import JobState
from shared.queue.models import Job

HEADINGS = "รหัสกลุ่ม,ชื่อกลุ่ม,หมู่ที่,ตำบล,อำเภอ,จังหวัด,กิจการ,ผู้ประสานงาน,อีเมล,โทรศัพท์"


def dead_job() -> Job:
    with transaction() as session:
        error = "StoreUnavailable: no answer\nTraceback …"
        return factories.job(session, PLACE_SUBMISSION, state=JobState.DEAD, attempts=5, error=error)


def test_account_that_was_added_signs_in_by_its_link(omsap: Run, live: BackgroundStack) -> None:
    on_live = ("--data", live.log.parent)
    added = omsap("user", "add", "Somsri@example.org", "--name", "สมศรี", "--role", "officer", "--province", "chachoengsao", *on_live)
    assert (added.returncode, added.stdout) == (0, "somsri@example.org · สมศรี: officer (ฉะเชิงเทรา)\n")

    link = omsap("user", "link", "somsri@example.org", *on_live).stdout.strip()
    with httpx2.Client(base_url=live.description["base_url"], trust_env=False) as browser:
        assert browser.get(link).status_code == 200
        entered = browser.post(link, headers={"Origin": live.description["base_url"]})
        assert (entered.status_code, entered.headers["location"]) == (303, "/office")

    token = json.loads(omsap("user", "token", "somsri@example.org", "--json", *on_live).stdout)["token"]
    programmes = httpx2.get(f"{live.description['base_url']}/api/office/programmes", headers={"Authorization": f"Bearer {token}"})
    assert programmes.status_code == 200


def test_roles_gather_and_are_listed(on_stack: Run) -> None:
    with transaction() as session:
        factories.programme(session)
    seat = ("--programme", "little", "--committee", "north")
    assert on_stack("user", "add", "a@example.org", "--name", "ก", "--role", "member", *seat).returncode == 0
    assert on_stack("user", "add", "a@example.org", "--name", "ก ข", "--role", "operator").returncode == 0
    (account,) = json.loads(on_stack("user", "list", "--json").stdout)["accounts"]
    assert account["name"] == "ก ข"
    assert [(held["role"], held["committee"]) for held in account["roles"]] == [("member", "north"), ("operator", None)]

    refused = on_stack("user", "add", "b@example.org", "--name", "ข", "--role", "chair", "--programme", "little", "--committee", "south")
    assert refused.returncode == 1
    assert "โครงการ little ไม่มีคณะกรรมการ south ที่มีคือ central, north" in refused.stderr
    assert on_stack("user", "add", "b@example.org", "--name", "ข", "--role", "chair").returncode == 2
    assert on_stack("user", "token", "b@example.org").stderr.splitlines()[1] == "There is no account b@example.org."


def test_everything_wrong_with_a_programme_is_told_with_its_line(omsap: Run, tmp_path: Path) -> None:
    wrong = factories.DEFINITION.replace("fiscal_year: 2563", "fiscal_year: soon").replace("deadline: hand_in", "deadline: never")
    lines = wrong.splitlines()
    (tmp_path / "wrong.yaml").write_text(wrong)
    told = omsap("programme", "check", "wrong.yaml")
    assert told.returncode == 1
    assert re.findall(r"line (\d+), (\w+): \S.* · \S", told.stderr) == [
        (str(number), field) for field in ("fiscal_year", "deadline") for number, line in enumerate(lines, 1) if line.startswith(field)
    ]
    errors = json.loads(omsap("programme", "check", "wrong.yaml", "--json").stdout)["errors"]
    assert [error["path"] for error in errors] == ["fiscal_year", "deadline"]


def test_programme_is_loaded_once_and_changed_again(on_stack: Run, tmp_path: Path) -> None:
    file = tmp_path / "little.yaml"
    file.write_text(factories.DEFINITION)
    assert on_stack("programme", "check", file).returncode == 0
    outcomes = [json.loads(on_stack("programme", "load", file, "--json").stdout)["outcome"] for _ in range(2)]
    file.write_text(factories.DEFINITION.replace("keep: 4", "keep: 5"))
    outcomes.append(json.loads(on_stack("programme", "load", file, "--json").stdout)["outcome"])
    assert outcomes == ["created", "unchanged", "updated"]
    (listed,) = json.loads(on_stack("programme", "list", "--json").stdout)["programmes"]
    assert (listed["slug"], listed["version"], listed["deadline"]) == ("little", 2, "2020-05-29T23:59:59+07:00")
    file.write_text(factories.DEFINITION)
    stale = on_stack("programme", "load", file, "--version", 1)
    assert (stale.returncode, "has saved the same meanwhile" in stale.stderr) == (1, True)
    kept = json.loads(on_stack("programme", "versions", "little", "--json").stdout)["versions"]
    assert [(one["version"], one["saved_by"].partition("@")[0]) for one in kept] == [(2, getpass.getuser()), (1, getpass.getuser())]


def test_dry_run_of_targets_counts_and_keeps_nothing(on_stack: Run, tmp_path: Path) -> None:
    with transaction() as session:
        factories.programme(session)
    file = tmp_path / "groups.csv"
    rows = [f"SG-{number:04d},กลุ่ม {number},{number},คลองเขื่อน,คลองเขื่อน,ฉะเชิงเทรา,ขนมไข่,นางสมใจ,," for number in (1, 2)]
    file.write_text("\n".join([HEADINGS, *rows]))

    def load(*options: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(on_stack("targets", "load", "little", file, "--json", *options).stdout)
        return document

    assert [load("--dry-run")["groups_new"], load("--dry-run")["groups_new"], load()["groups_new"], load()["groups_same"]] == [2, 2, 2, 2]

    file.write_text("\n".join([HEADINGS, rows[0].replace("SG-0001", ""), rows[1].replace(",,", ",not-an-address,")]))
    refused = on_stack("targets", "load", "little", file)
    assert refused.returncode == 1
    assert "row 2, รหัสกลุ่ม:" in refused.stderr
    assert "row 3, อีเมล:" in refused.stderr


def test_template_of_targets_is_a_table_that_loads(on_stack: Run, tmp_path: Path) -> None:
    with transaction() as session:
        factories.programme(session)
    file = tmp_path / "groups.xlsx"
    assert on_stack("targets", "template", "little", file).stdout.strip() == str(file)
    assert on_stack("targets", "load", "little", file).stderr.splitlines()[-1].endswith("the table holds no group")


def test_dead_job_is_retried_with_who_and_why(on_stack: Run) -> None:
    job = dead_job()
    listed = on_stack("jobs", "list", "--state", "dead")
    assert str(job.id) in listed.stdout
    assert "StoreUnavailable: no answer" in listed.stdout
    retried = on_stack("jobs", "retry", job.id, "--reason", "the store is back", "--json")
    assert json.loads(retried.stdout)["state"] == "pending"
    with transaction() as session:
        event = session.scalars(select(Event).where(Event.subject_id == job.id)).one()
    assert (event.kind, event.reason) == ("job.retried", "the store is back")
    assert event.actor_name.partition("@")[0] == getpass.getuser()

    again = on_stack("jobs", "retry", job.id, "--reason", "once more")
    assert again.returncode == 1
    assert "This job is pending; only dead or cancelled jobs can be retried." in again.stderr
    assert json.loads(on_stack("jobs", "cancel", job.id, "--reason", "not needed", "--json").stdout)["state"] == "cancelled"


def test_queue_is_paused_and_resumed(on_stack: Run) -> None:
    assert on_stack("jobs", "pause", "media", "--reason", "new tools").returncode == 0
    assert on_stack("jobs", "resume", "media", "--reason", "done").returncode == 0
    with transaction() as session:
        told = [(event.kind, event.reason) for event in session.scalars(select(Event).order_by(Event.id))]
    assert told == [("queue.paused", "new tools"), ("queue.resumed", "done")]
    unknown = on_stack("jobs", "pause", "mediums", "--reason", "x")
    assert (unknown.returncode, "There is no queue mediums." in unknown.stderr) == (1, True)


def test_without_settings_it_is_said_what_to_do(omsap: Run, tmp_path: Path) -> None:
    missing = omsap("user", "list")
    assert missing.returncode == 1
    assert "OMSAP_DATABASE_URL" in missing.stderr
    assert "omsap up" in missing.stderr
    assert list(tmp_path.iterdir()) == []
    away = omsap("user", "list", "--data", tmp_path)
    assert (away.returncode, f"No stack runs on {tmp_path}." in away.stderr) == (1, True)


def test_stack_in_the_usual_folder_is_used(omsap: Run, live: BackgroundStack, tmp_path: Path) -> None:
    (tmp_path / "var").symlink_to(live.log.parent)
    assert omsap("programme", "list", "--json").returncode == 0


def test_database_that_is_away_is_a_sentence(omsap: Run, stack: dict[str, Any]) -> None:
    nowhere = {**stack["environment"], "OMSAP_DATABASE_URL": "postgresql://omsap:x@127.0.0.1:1/omsap"}
    away = omsap("user", "list", settings=nowhere)
    assert away.returncode == 1
    assert "The database did not answer" in away.stderr
