"""One request, one organisation, one transaction: what the tenant middleware keeps."""

import json

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client

from accounts.models import User
from tenants.flows.enter import seats_of
from tenants.models import Membership, Organisation, Policy
from tenants.scoping import in_scope, scope
from tests.cast import Acme, Rival, found_acme, signed_in
from tests.tenants.scene import acts, program

pytestmark = pytest.mark.urls("tests.tenants.urls")
UNCHANGED, CHANGED = 7, 3  # days of a link, before and after what each page of the trial does


@pytest.fixture
def ours(committed: None) -> Acme:
    """Committed: whether a transaction is rolled back shows only there."""
    return found_acme()


def ask(acme: Acme, path: str, **options: bool) -> HttpResponseBase:
    client = signed_in(acme.carol)
    client.raise_request_exception = False
    answer: HttpResponseBase = client.get(f"/o/{acme.slug}/try/{path}")
    assert not connection.in_atomic_block
    assert not in_scope()
    return answer


def days(acme: Acme) -> int:
    with scope(acme.tenant_id):
        return Policy.objects.get().link_days_default


def test_a_page_that_renders_late_renders_inside(ours: Acme) -> None:
    answer = ask(ours, "lazy")
    assert (answer.status_code, answer.content) == (200, b"Everyone")  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [200, 302, 400, 404, 422])
def test_what_a_page_did_is_kept(ours: Acme, status: int) -> None:
    assert ask(ours, f"answered/{status}").status_code == status
    assert days(ours) == CHANGED


@pytest.mark.parametrize("status", [500, 503])
def test_what_a_page_did_is_undone_when_it_answers_an_error(ours: Acme, status: int) -> None:
    assert ask(ours, f"answered/{status}").status_code == status
    assert days(ours) == UNCHANGED


@pytest.mark.parametrize(("path", "status"), [("missing", 404), ("broken", 500)])
def test_what_a_page_did_is_undone_when_it_raises(ours: Acme, path: str, status: int) -> None:
    assert ask(ours, path).status_code == status
    assert days(ours) == UNCHANGED


@pytest.mark.parametrize(
    ("code", "status"), [("too-weak", 403), ("not-found", 404), ("invalid", 422)]
)
def test_what_is_refused_is_undone(ours: Acme, code: str, status: int) -> None:
    assert ask(ours, f"refused/{code}").status_code == status
    assert days(ours) == UNCHANGED


def test_a_refusal_of_a_right_is_recorded_after_the_rollback(ours: Acme) -> None:
    ask(ours, "refused/too-weak")
    event = acts(ours.carol)[-1]
    assert event["action"] == "tenants:request:refused"
    assert event["actor"]["user"] == str(ours.carol.user_id)
    assert event["facts"] == {"code": "no_permission", "why": "too-weak"}


@pytest.mark.parametrize("code", ["not-found", "invalid"])
def test_a_plain_mistake_is_not_recorded(ours: Acme, code: str) -> None:
    ask(ours, f"refused/{code}")
    assert acts(ours.carol)[-1]["action"] == "tenants:organisation:entered"


def test_a_view_that_opens_its_own_scopes_runs_outside(ours: Acme) -> None:
    assert ask(ours, "own-scopes").content == b"outside"  # type: ignore[attr-defined]


def test_a_refusal_without_an_organisation_is_an_answer_too(acme: Acme) -> None:
    client = signed_in(acme.carol)
    assert client.get("/try/refused").status_code == 404


def test_a_refusal_is_a_page_for_people_and_a_problem_for_programs(acme: Acme) -> None:
    client, address = signed_in(acme.carol), f"/o/{acme.slug}/try/refused/too-weak"
    page, problem = (
        client.get(address),
        client.get(address, headers={"Accept": "application/json"}),
    )
    assert page.headers["Content-Type"].startswith("text/html")
    assert "because" in page.content.decode()
    assert problem.headers["Content-Type"] == "application/problem+json"
    told = json.loads(problem.content)
    assert (told["status"], told["code"], told["detail"]) == (403, "no_permission", "because")
    assert told["request_id"] == problem.headers["X-Request-ID"]


def test_entering_is_recorded_once_a_session(acme: Acme) -> None:
    client, other = signed_in(acme.carol), signed_in(acme.carol)
    for _ in range(3):
        client.get(f"/o/{acme.slug}/files/")
    other.get(f"/o/{acme.slug}/files/")
    entered = [e for e in acts(acme.carol) if e["action"] == "tenants:organisation:entered"]
    assert len(entered) == 2


def test_a_suspended_organisation_is_closed_and_says_so(acme: Acme) -> None:
    Organisation.objects.filter(pk=acme.tenant_id).update(state="suspended")
    answer = signed_in(acme.alice).get(f"/o/{acme.slug}/files/")
    assert answer.status_code == 403
    assert "suspended" in answer.content.decode()


def test_a_suspended_organisation_is_not_there_for_strangers(acme: Acme, rival: Rival) -> None:
    Organisation.objects.filter(pk=acme.tenant_id).update(state="suspended")
    client, address = signed_in(rival.mallory), "/o/{}/files/"
    assert client.get(address.format(acme.slug)).status_code == 404
    assert client.get(address.format("nowhere")).status_code == 404


def test_a_person_whose_account_ended_is_nobody(acme: Acme) -> None:
    client = signed_in(acme.carol)
    User.objects.filter(pk=acme.carol.user_id).update(is_active=False)
    assert client.get(f"/o/{acme.slug}/files/").status_code == 302


def test_what_a_member_saw_is_kept_by_no_cache(acme: Acme) -> None:
    page = signed_in(acme.carol).get(f"/o/{acme.slug}/files/")
    call = program(acme.carol).get(f"/api/v1/o/{acme.slug}")
    for answer in (page, call):
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_first_page_leads_to_the_one_organisation(acme: Acme) -> None:
    answer = signed_in(acme.carol).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/o/{acme.slug}/files/")


def test_the_first_page_lets_choose_among_several(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        Membership.objects.create(
            tenant_id=rival.tenant_id, user_id=acme.carol.user_id, role="guest"
        )
    assert len(seats_of(acme.carol.user_id)) == 2
    page = signed_in(acme.carol).get("/")
    assert page.status_code == 200
    for slug in (acme.slug, rival.slug):
        assert f"/o/{slug}/" in page.content.decode()


def test_the_first_page_of_somebody_without_a_seat_says_so(acme: Acme) -> None:
    with scope(acme.tenant_id):
        Membership.objects.filter(pk=acme.carol.membership_id).delete()
    page = signed_in(acme.carol).get("/")
    assert page.status_code == 200
    assert acme.slug not in page.content.decode()


def test_a_form_that_cannot_be_read_or_is_too_old_is_refused_in_words(acme: Acme) -> None:
    """These pages are drawn outside of the tenant's scope, and ask nothing of it."""
    client = signed_in(acme.alice)
    place = f"/o/{acme.slug}/files/{acme.folder.pk}"
    form = "application/x-www-form-urlencoded"
    too_much = client.generic("POST", f"{place}/new-folder/", "name=" + "x" * 2**21, form)
    assert too_much.status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for page in ("upload", "new-folder", "wall"):
        assert strict.post(f"{place}/{page}/", {"name": "x"}).status_code == 403
