"""`omsap user`: accounts of staff, their API tokens and sign-in links."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, show, show_table
from shared import clock
from shared.errors import Invalid
from shared.people import operations, queries
from shared.people.models import Account, Role
from shared.people.person import RoleGrant
from shared.programmes import queries as programmes
from shared.settings import secret_key, settings
from shared.text import Text
from shared.thai import places

app = typer.Typer(help=both(Text("บัญชีเจ้าหน้าที่และกรรมการ", "Accounts of staff.")), no_args_is_help=True, add_completion=False)

Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


class PlaceUnknown(Invalid):
    """There is no such province, or no such district in it."""

    th = "ไม่พบ {name} ในรายชื่อจังหวัดและอำเภอ"
    en = "There is no province or district {name} there."


class CommitteeUnknown(Invalid):
    """The programme has no such committee."""

    th = "โครงการ {programme} ไม่มีคณะกรรมการ {committee} ที่มีคือ {known}"
    en = "The programme {programme} has no committee {committee}. It has: {known}."


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[Role, typer.Option(help="What the account may be.")],
    province: Annotated[str | None, typer.Option(help="An officer's province; without it the whole department.")] = None,
    amphoe: Annotated[str | None, typer.Option(help="An officer's district in the province.")] = None,
    programme: Annotated[str | None, typer.Option(metavar="SLUG", help="A member's or chair's programme.")] = None,
    committee: Annotated[str | None, typer.Option(metavar="KEY", help="A member's or chair's committee.")] = None,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make an account, or give one that exists another role beside those it has."""
    if role in (Role.MEMBER, Role.CHAIR) and not (programme and committee):
        raise typer.BadParameter(f"a {role} needs --programme and --committee")
    if role not in (Role.MEMBER, Role.CHAIR) and (programme or committee):
        raise typer.BadParameter("--programme and --committee are for members and chairs")
    if (province and role is not Role.OFFICER) or (amphoe and not province):
        raise typer.BadParameter("--province is for officers, --amphoe goes with it")
    with database(data) as session:
        grant = _seat(session, role, programme, committee) if programme and committee else _area(role, province, amphoe)
        account = operations.put_account(session, email=email, name=name, grants=(grant,), by=local_user(), now=clock.now())
        document = _described(account)
    if as_json:
        show(document)
    else:
        print(f"{account.email} · {account.name}: {', '.join(_held(held) for held in document['roles'])}")


@app.command("list")
def list_(data: StackFolder = None, as_json: AsJson = False) -> None:
    """List the accounts by address, with their roles."""
    with database(data) as session:
        accounts = [_described(account) for account in queries.accounts(session)]
    if as_json:
        show({"accounts": accounts})
        return
    show_table(
        ("email", "name", "roles", ""),
        [
            (one["email"], one["name"], ", ".join(map(_held, one["roles"])), both(Text("ปิดใช้", "disabled")) if one["disabled_at"] else "")
            for one in accounts
        ],
    )


@app.command()
def token(email: Email, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Make an API token with which a program acts as the account, and print it."""
    made = _credential(email, data, one_time=False)
    if as_json:
        show(made)
    else:
        print(made["token"])


@app.command()
def link(email: Email, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Make a one-time link that signs a browser in as the account, and print it."""
    made = _credential(email, data, one_time=True)
    address = f"{settings().base_url.rstrip('/')}/sign-in/{made['token']}"
    if as_json:
        show({"email": made["email"], "link": address, "expires_at": made["expires_at"]})
    else:
        print(address)


def _credential(email: str, data: Path | None, *, one_time: bool) -> dict[str, Any]:
    with database(data) as session:
        account = queries.account_by_email(session, email)
        if one_time:
            credential = operations.make_sign_in_link(session, account, now=clock.now())
        else:
            credential = operations.make_api_token(session, account)
        return {"email": account.email, "token": queries.token_of(credential, secret=secret_key()), "expires_at": credential.expires_at}


def _area(role: Role, province: str | None, amphoe: str | None) -> RoleGrant:
    if province is None:
        return RoleGrant(role)
    found = places.province(province)
    if found is None:
        raise PlaceUnknown(name=province)
    if amphoe is None:
        return RoleGrant(role, found.th)
    district = places.district(amphoe, province_code=found.code)
    if district is None:
        raise PlaceUnknown(name=amphoe)
    return RoleGrant(role, found.th, district.th)


def _seat(session: Session, role: Role, slug: str, committee: str) -> RoleGrant:
    programme = programmes.programme(session, slug)
    known = [one.key for one in programme.definition.committees]
    if committee not in known:
        raise CommitteeUnknown(programme=slug, committee=committee, known=", ".join(known))
    return RoleGrant(role, programme_id=programme.id, committee=committee)


def _described(account: Account) -> dict[str, Any]:
    roles = [
        {"role": held.role, "province": held.province, "amphoe": held.district, "programme": held.programme_id, "committee": held.committee}
        for held in account.roles
    ]
    return {"id": account.id, "email": account.email, "name": account.name, "roles": roles, "disabled_at": account.disabled_at}


def _held(held: dict[str, Any]) -> str:
    where = " ".join(held[part] for part in ("province", "amphoe", "committee") if held[part])
    return f"{held['role']} ({where})" if where else held["role"]
