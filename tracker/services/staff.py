"""The first accounts of a new organization: one for every position that the product knows of."""

from dataclasses import dataclass
from datetime import date

from tracker.domain.permissions import Role
from tracker.models import Division, Organization
from tracker.services import appointments, people, positions

MAIL_DOMAIN = "municipality.example"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in, with the password that is shown once."""

    username: str
    password: str
    position: str


@dataclass(frozen=True)
class _Post:
    username: str
    title: str
    role: Role
    division: Division | None = None


def create(*, organization: Organization, starts_on: date, with_addresses: bool = False) -> list[Account]:
    """
    Create the usual positions of an organization with an account each, and return them with their passwords.

    :param with_addresses: give everybody an e-mail address that leads nowhere, for the demo
    """
    return [_open(organization, post, starts_on, with_addresses) for post in _posts(organization)]


def _open(organization: Organization, post: _Post, starts_on: date, with_addresses: bool) -> Account:
    position = positions.create(organization=organization, title=post.title, role=post.role, division=post.division)
    password = people.new_password()
    user = people.open_account(
        organization=organization,
        username=people.free_username(post.username),
        name=post.title,
        password=password,
        email=f"{post.username}@{MAIL_DOMAIN}" if with_addresses else None,
    )
    appointments.appoint(user=user, position=position, starts_on=starts_on)
    return Account(user.username, password, post.title)


def _posts(organization: Organization) -> list[_Post]:
    leader, permanent_secretary = _leaders(organization.name)
    posts = [
        _Post("admin", "ผู้ดูแลระบบ", Role.ADMINISTRATOR),
        _Post("mayor", leader, Role.EXECUTIVE),
        _Post("palad", permanent_secretary, Role.EXECUTIVE),
        _Post("clerk", "เจ้าพนักงานธุรการ (ผู้ดูแลแผน)", Role.CLERK),
        _Post("auditor", "นักวิชาการตรวจสอบภายใน", Role.AUDITOR),
    ]
    for number, division in enumerate(organization.divisions, start=1):
        head = division.head_title or f"หัวหน้า{division.name}"
        posts.append(_Post(f"head{number}", head, Role.HEAD, division))
        posts.append(_Post(f"officer{number}", f"เจ้าหน้าที่{division.name}", Role.OFFICER, division))
    return posts


def _leaders(name: str) -> tuple[str, str]:
    """Return the titles of the head of the organization and of its permanent secretary."""
    for kind in ("องค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนตำบล"):
        if name.startswith(kind):
            return f"นายก{kind}", f"ปลัด{kind}"
    return "นายกเทศมนตรี", "ปลัดเทศบาล"
