"""A long act goes on piece by piece: with the rights of each moment, and from where it stood."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from tenants.actor import Member
from tenants.flows.leave import change_role, end_membership
from tenants.flows.tokens import create_token, revoke_token
from tenants.models import ApiToken, MembershipRole, Notification, Organisation
from tests.cast import Acme
from tests.vault.many import make, papers, refused, state
from tests.vault.scene import trail
from vault.access import Role
from vault.flows.bulk import AT_ONCE, grant_all, move_all, trash_all
from vault.flows.carry_on import BATCH, KEPT, LEASE, MOST_TRIES, carry_on, take_up_jobs
from vault.flows.choose import ticked
from vault.flows.grant import Principal, revoke_grant
from vault.flows.jobs import job_of, stop
from vault.flows.move import move_document
from vault.flows.trash import restore
from vault.models import Document, DocumentUserGrant, Folder, FolderUserGrant, Job, Trashing


@pytest.fixture(autouse=True)
def a_queue_that_waits(settings: Settings) -> None:
    """So that a test is the worker."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def some(in_acme: Acme) -> list[UUID]:
    return papers(in_acme, 120)


@pytest.fixture
def target(in_acme: Acme) -> Folder:
    return make(in_acme, "Archive")


def begun(acme: Acme, some: list[UUID], target: Folder, *, by: Member | None = None) -> Job:
    """A hundred are moved."""
    job = move_all(by or acme.bob, ticked([], some), to=target.pk)
    assert state(job) == ("waiting", 0, 0)
    carry_on(job.pk)
    assert state(job) == ("running", BATCH, 0)
    return job


def moved(target: Folder) -> int:
    return Document.objects.filter(folder=target).count()


def news(who: Member) -> list[dict[str, object]]:
    found = Notification.objects.filter(user_id=who.user_id, kind="job-ended")
    return list(found.values_list("facts", flat=True))


def test_it_goes_on_by_the_hundred_and_tells_when_it_has_ended(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, [*some, *papers(in_acme, 90, make(in_acme, "More"))], target)
    assert (moved(target), news(in_acme.bob)) == (100, [])
    carry_on(job.pk)
    assert state(job)[:2] == ("running", 200)
    carry_on(job.pk)
    assert state(job) == ("done", 210, 90)
    assert [(told["went"], told["failed"]) for told in news(in_acme.bob)] == [(120, 90)]
    carry_on(job.pk)
    assert len(news(in_acme.bob)) == 1


def test_it_is_done_as_whoever_asked_and_the_trail_names_them(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, some, target)
    row = trail(in_acme.tenant_id, "vault:document:moved")[-1]
    assert row["actor"]["user"] == str(in_acme.bob.user_id)
    assert row["request"] == str(job.pk)


def test_rights_that_are_lost_in_the_middle_end_it_there(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, some, target)
    key = FolderUserGrant.objects.get(content_object=in_acme.folder, user_id=in_acme.bob.user_id)
    revoke_grant(in_acme.alice, key.pk)
    carry_on(job.pk)
    assert state(job) == ("done", 120, 20)
    assert {code for _, code in refused(job)} == {"no_permission"}
    assert moved(target) == 100


def test_a_role_that_is_lowered_in_the_middle_counts_at_once(in_acme: Acme) -> None:
    change_role(in_acme.alice, in_acme.carol.membership_id, to=MembershipRole.ADMIN)
    some = papers(in_acme, 120)
    carol = in_acme.carol
    admin = Member(carol.tenant_id, carol.user_id, carol.membership_id, MembershipRole.ADMIN)
    dan = Principal("user", in_acme.dan.user_id)
    job = grant_all(admin, ticked([], some), to=dan, role=Role.READ)
    carry_on(job.pk)
    change_role(in_acme.alice, carol.membership_id, to=MembershipRole.MEMBER)
    carry_on(job.pk)
    assert state(job) == ("done", 120, 20)
    assert DocumentUserGrant.objects.filter(user_id=in_acme.dan.user_id).count() == 100


def test_a_seat_that_ends_ends_its_jobs(in_acme: Acme, some: list[UUID], target: Folder) -> None:
    job = begun(in_acme, some, target)
    end_membership(in_acme.alice, in_acme.bob.membership_id)
    carry_on(job.pk)
    assert moved(target) == 100
    assert not Job.objects.filter(pk=job.pk).exists()


def test_nothing_is_done_for_a_closed_account(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, some, target)
    User.objects.filter(pk=in_acme.bob.user_id).update(is_active=False)
    carry_on(job.pk)
    assert state(job) == ("done", 120, 20)
    assert {code for _, code in refused(job)} == {"unauthenticated"}


def test_nothing_is_done_in_a_suspended_organisation(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, some, target)
    suspended = Organisation.State.SUSPENDED
    Organisation.objects.filter(pk=in_acme.tenant_id).update(state=suspended)
    carry_on(job.pk)
    assert {code for _, code in refused(job)} == {"suspended"}
    assert moved(target) == 100


def through_a_token(acme: Acme, ceiling: ApiToken.Scope) -> tuple[Member, ApiToken]:
    tomorrow = timezone.now() + timedelta(days=1)
    token, _ = create_token(acme.alice, name="a test", scope=ceiling, expires_at=tomorrow)
    alice = acme.alice
    seat = (alice.tenant_id, alice.user_id, alice.membership_id, alice.role)
    return Member(*seat, session=str(token.pk), scope=ceiling), token


def test_a_tokens_ceiling_holds_in_the_worker_too(in_acme: Acme, some: list[UUID]) -> None:
    program, token = through_a_token(in_acme, ApiToken.Scope.MANAGE)
    dan = Principal("user", in_acme.dan.user_id)
    job = grant_all(program, ticked([], some), to=dan, role=Role.READ, token=token.pk)
    carry_on(job.pk)
    ApiToken.objects.filter(pk=token.pk).update(scope=ApiToken.Scope.EDIT)
    carry_on(job.pk)
    assert state(job) == ("done", 120, 20)


def test_a_token_that_is_revoked_ends_what_it_began(in_acme: Acme, some: list[UUID]) -> None:
    program, token = through_a_token(in_acme, ApiToken.Scope.EDIT)
    job = trash_all(program, ticked([], some), token=token.pk)
    carry_on(job.pk)
    revoke_token(in_acme.alice, token.pk)
    carry_on(job.pk)
    assert state(job) == ("done", 120, 20)
    assert {code for _, code in refused(job)} == {"unauthenticated"}


def test_whoever_asked_stops_it(in_acme: Acme, some: list[UUID], target: Folder) -> None:
    job = begun(in_acme, some, target)
    stop(in_acme.bob, job.pk)
    carry_on(job.pk)
    assert state(job) == ("stopped", 100, 0)
    assert moved(target) == 100
    (said,) = trail(in_acme.tenant_id, "vault:bulk:stopped")
    assert (said["facts"]["done"], said["facts"]["number"]) == (100, 120)


def test_bringing_it_back_from_the_trash_in_the_middle_stops_it(
    in_acme: Acme, some: list[UUID]
) -> None:
    job = trash_all(in_acme.bob, ticked([], some))
    carry_on(job.pk)
    job.refresh_from_db()
    assert job.trashing
    assert job_of(in_acme.bob, job.pk).undo is None
    restore(in_acme.bob, job.trashing)
    carry_on(job.pk)
    assert state(job) == ("stopped", 100, 0)
    assert Document.objects.filter(pk__in=some).count() == 120


def test_it_is_undone_in_one_go(in_acme: Acme, some: list[UUID]) -> None:
    job = trash_all(in_acme.bob, ticked([], some))
    carry_on(job.pk)
    carry_on(job.pk)
    act = job_of(in_acme.bob, job.pk).undo
    assert act
    assert Trashing.objects.get(pk=act).things == 120
    with CaptureQueriesContext(connection) as captured:
        restore(in_acme.bob, act)
    assert len(captured) < 30
    assert Document.objects.filter(pk__in=some).count() == 120


def test_two_jobs_on_the_same_things_do_them_once(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    moving = begun(in_acme, some, target)
    throwing = trash_all(in_acme.bob, ticked([], some))
    for job in (throwing, throwing, moving):
        carry_on(job.pk)
    assert state(throwing) == ("done", 120, 0)
    assert state(moving) == ("done", 120, 20)
    assert {code for _, code in refused(moving)} == {"not_found"}


def test_keys_that_were_given_before_it_was_stopped_are_told_of(
    in_acme: Acme, some: list[UUID]
) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    job = grant_all(in_acme.alice, ticked([], some), to=dan, role=Role.READ)
    carry_on(job.pk)
    mine = Notification.objects.filter(user_id=in_acme.dan.user_id)
    assert not mine.exists()
    stop(in_acme.alice, job.pk)
    assert [(n.kind, n.facts["number"]) for n in mine] == [("access-given-to-many", 100)]


def left_behind(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now() - 2 * LEASE)


def test_what_a_worker_left_is_taken_up_again(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, some, target)
    take_up_jobs()
    assert tries(job) == 0
    left_behind(job)
    take_up_jobs()
    take_up_jobs()
    assert tries(job) == 1
    carry_on(job.pk)
    assert (tries(job), state(job)) == (0, ("done", 120, 0))


def test_what_never_gets_on_is_given_up_and_told_of(
    in_acme: Acme, some: list[UUID], target: Folder
) -> None:
    job = begun(in_acme, some, target)
    for _ in range(MOST_TRIES + 1):
        left_behind(job)
        take_up_jobs()
    assert state(job) == ("broken", 100, 0)
    assert [told["went"] for told in news(in_acme.bob)] == [100]


def tries(job: Job) -> int:
    return Job.objects.values_list("tries", flat=True).get(pk=job.pk)


def test_what_has_ended_long_ago_is_forgotten(in_acme: Acme, target: Folder) -> None:
    job = move_all(in_acme.bob, ticked([], [in_acme.contract.pk, uuid4()]), to=target.pk)
    take_up_jobs()
    assert Job.objects.filter(pk=job.pk).exists()
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now() - 2 * KEPT)
    take_up_jobs()
    assert not Job.objects.filter(pk=job.pk).exists()


def test_a_thing_costs_no_more_among_many(in_acme: Acme, target: Folder) -> None:
    """Beside what the act costs by itself: a savepoint, and no more."""

    def cost(number: int, folder: str) -> int:
        chosen = ticked([], papers(in_acme, number, make(in_acme, folder)))
        with CaptureQueriesContext(connection) as captured:
            job = move_all(in_acme.alice, chosen, to=make(in_acme, f"To {folder}").pk)
        assert state(job)[2] == 0
        return len(captured)

    few, many = cost(5, "few"), cost(AT_ONCE, "many")
    each = (many - few) / (AT_ONCE - 5)
    (single,) = papers(in_acme, 1, make(in_acme, "single"))
    with CaptureQueriesContext(connection) as alone:
        move_document(in_acme.alice, single, to=target.pk)
    assert each <= len(alone) + 2
