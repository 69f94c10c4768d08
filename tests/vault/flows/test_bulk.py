"""Acts on many things: each by itself, what is refused is listed, and stops no other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tenants.actor import Member
from tenants.errors import NotFound, TooWeak
from tenants.flows.teams import add_to_team, create_team
from tenants.models import Notification
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.vault.many import make, papers, refused, state
from tests.vault.rows import add_documents
from tests.vault.scene import trail
from vault.access import Role
from vault.flows.bulk import AT_ONCE, grant_all, move_all, trash_all
from vault.flows.choose import (
    Chosen,
    ticked,
)
from vault.flows.gathering import FEW
from vault.flows.grant import Principal, grant_on_document
from vault.flows.jobs import job_of, jobs_of, refusals_of, stop
from vault.flows.news import news_of
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.trash import restore, trash_document, trash_of
from vault.models import Document, DocumentUserGrant, Job, JobFailure, Trashing


def test_many_move_into_one_folder(in_acme: Acme) -> None:
    some, target = papers(in_acme, 5), make(in_acme, "Archive")
    job = move_all(in_acme.bob, ticked([], some), to=target.pk)
    assert state(job) == ("done", 5, 0)
    assert Document.objects.filter(folder=target).count() == 5
    assert len(trail(in_acme.tenant_id, "vault:document:moved")) == 5


def test_the_trail_says_once_what_was_asked_for(in_acme: Acme) -> None:
    job = trash_all(in_acme.bob, ticked([], papers(in_acme, 3)))
    (asked,) = trail(in_acme.tenant_id, "vault:bulk:asked")
    assert asked["facts"] == {"act": "trash", "number": 3}
    assert asked["subject"] == {"kind": "job", "id": str(job.pk)}
    assert len(trail(in_acme.tenant_id, "vault:trash:filled")) == 3


def test_many_are_thrown_away_in_one_act_and_come_back_in_one(in_acme: Acme) -> None:
    folder = make(in_acme, "Old")
    inside = papers(in_acme, 3, folder)
    some = papers(in_acme, 4)
    job = trash_all(in_acme.bob, ticked([folder.pk], some))
    ((act, _),), _ = trash_of(in_acme.bob)
    assert (act.pk, act.things, act.documents, act.name) == (job.trashing, 5, 7, "Old")
    assert not Document.objects.filter(pk__in=[*some, *inside]).exists()
    assert restore(in_acme.bob, act.pk).pk == folder.pk
    assert Document.objects.filter(pk__in=[*some, *inside]).count() == 7
    assert not Trashing.objects.exists()


def test_many_get_one_key_each(in_acme: Acme) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    some, nextweek = papers(in_acme, 3), timezone.now() + timedelta(days=7)
    job = grant_all(in_acme.alice, ticked([], some), to=dan, role=Role.READ, until=nextweek)
    assert state(job) == ("done", 3, 0)
    grants = DocumentUserGrant.objects.filter(user_id=in_acme.dan.user_id)
    assert {(g.content_object_id, g.role, g.expires_at) for g in grants} == {
        (pk, Role.READ, nextweek) for pk in some
    }


def test_what_is_refused_is_listed_and_stops_no_other(in_acme: Acme) -> None:
    target = make(in_acme, "Archive")
    taken, gone, hidden, walled, good = papers(in_acme, 5)
    add_documents(target, ["paper 0000.PDF"])
    trash_document(in_acme.bob, gone)
    restrict_document(in_acme.alice, hidden)
    restrict_document(in_acme.alice, walled)
    key = Principal("user", in_acme.bob.user_id)
    grant_all(in_acme.alice, ticked([], [walled]), to=key, role=Role.READ)
    nobodys = uuid4()
    chosen = ticked([], [taken, gone, hidden, walled, good, nobodys])
    job = move_all(in_acme.bob, chosen, to=target.pk)
    assert state(job) == ("done", 6, 5)
    assert dict(refused(job)) == {
        taken: "exists",
        gone: "not_found",
        hidden: "not_found",
        walled: "no_permission",
        nobodys: "not_found",
    }
    assert Document.objects.filter(folder=target, pk=good).exists()
    assert len(trail(in_acme.tenant_id, "tenants:request:refused")) == 1


def test_a_failure_is_named_as_long_as_its_thing_is_seen(in_acme: Acme) -> None:
    target = make(in_acme, "Archive")
    taken, good = papers(in_acme, 2)
    add_documents(target, ["Paper 0000.pdf"])
    job = move_all(in_acme.bob, ticked([], [taken, good]), to=target.pk)
    (failure,) = refusals_of(in_acme.bob, job).failures
    assert failure.words == "The name is taken"
    assert refusals_of(in_acme.bob, job).nodes[taken].name == "Paper 0000.pdf"
    restrict_document(in_acme.alice, taken)
    assert refusals_of(in_acme.bob, job).nodes == {}


def test_a_folder_that_hides_something_is_refused_and_the_rest_goes(in_acme: Acme) -> None:
    outer = make(in_acme, "Outer")
    restrict_folder(in_acme.alice, make(in_acme, "Payroll", outer).pk)
    some = papers(in_acme, 2)
    job = trash_all(in_acme.bob, ticked([outer.pk], some))
    assert refused(job) == [(outer.pk, "no_permission")]
    assert trash_of(in_acme.bob)[0][0][0].name == "Paper 0000.pdf"
    assert not Document.objects.filter(pk__in=some).exists()


def test_nobody_gives_more_than_they_hold(in_acme: Acme) -> None:
    managed, read = papers(in_acme, 2)
    carol = Principal("user", in_acme.carol.user_id)
    grant_all(in_acme.alice, ticked([], [managed]), to=carol, role=Role.MANAGE)
    dan = Principal("user", in_acme.dan.user_id)
    job = grant_all(in_acme.carol, ticked([], [managed, read]), to=dan, role=Role.READ)
    assert refused(job) == [(read, "no_permission")]


def test_what_lies_in_a_folder_that_was_chosen_too_goes_with_it(in_acme: Acme) -> None:
    outer = make(in_acme, "Outer")
    inner = make(in_acme, "Inner", outer)
    (deep,), target = papers(in_acme, 1, inner), make(in_acme, "Archive")
    job = move_all(in_acme.alice, ticked([inner.pk, outer.pk], [deep]), to=target.pk)
    assert state(job) == ("done", 3, 0)
    outer.refresh_from_db()
    inner.refresh_from_db()
    assert (outer.parent_id, inner.parent_id) == (target.pk, outer.pk)
    assert Document.objects.get(pk=deep).folder_id == inner.pk


def test_in_the_trash_a_folder_and_what_lies_in_it_are_one_thing(in_acme: Acme) -> None:
    outer = make(in_acme, "Outer")
    inner = make(in_acme, "Inner", outer)
    deep = papers(in_acme, 2, inner)
    job = trash_all(in_acme.bob, ticked([inner.pk, outer.pk], deep))
    assert state(job) == ("done", 4, 0)
    act = Trashing.objects.get(pk=job.trashing)
    assert (act.things, act.documents) == (1, 2)
    assert restore(in_acme.bob, act.pk).pk == outer.pk


def test_a_folder_does_not_move_into_itself_and_the_rest_moves(in_acme: Acme) -> None:
    target = make(in_acme, "Archive")
    some = papers(in_acme, 1)
    job = move_all(in_acme.bob, ticked([target.pk], some), to=target.pk)
    assert refused(job) == [(target.pk, "invalid")]
    words = JobFailure.objects.values_list("words", flat=True).get(job=job)
    assert words == "A folder can't be moved into itself."


def test_an_act_that_could_do_nothing_is_refused_as_a_whole(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id):
        chosen = ticked([acme.folder.pk], [acme.contract.pk])
        target = make(acme, "Archive")
        dan = Principal("user", acme.dan.user_id)
        for actor, expected in ((acme.dan, NotFound), (acme.carol, TooWeak)):
            with pytest.raises(expected):
                trash_all(actor, chosen)
            with pytest.raises(expected):
                move_all(actor, chosen, to=target.pk)
        with pytest.raises(TooWeak):
            grant_all(acme.bob, chosen, to=dan, role=Role.READ)
        with pytest.raises(NotFound):
            grant_all(acme.dan, chosen, to=dan, role=Role.READ)
        assert not Job.objects.exists()
    with scope(rival.tenant_id):
        with pytest.raises(NotFound):
            trash_all(rival.mallory, Chosen([acme.folder.pk], [acme.contract.pk]))


def test_the_place_must_be_ones_own_to_fill(in_acme: Acme) -> None:
    chosen = ticked([], [in_acme.contract.pk])
    with pytest.raises(TooWeak):
        move_all(in_acme.bob, chosen, to=in_acme.root.pk)
    with pytest.raises(NotFound):
        move_all(in_acme.bob, chosen, to=uuid4())


def test_a_long_act_ends_as_a_short_one_does_and_tells_of_it(in_acme: Acme) -> None:
    some = papers(in_acme, AT_ONCE + 1)
    job = trash_all(in_acme.bob, ticked([], some))
    assert state(job) == ("done", AT_ONCE + 1, 0)
    (news,) = Notification.objects.filter(user_id=in_acme.bob.user_id, kind="job-ended")
    assert news.facts["job"] == str(job.pk)
    assert (news.facts["went"], news.facts["failed"]) == (AT_ONCE + 1, 0)


def test_a_job_is_its_askers_alone(in_acme: Acme) -> None:
    job = trash_all(in_acme.bob, ticked([], papers(in_acme, 2)))
    assert job_of(in_acme.bob, job.pk).undo == job.trashing
    assert [told.job.pk for told in jobs_of(in_acme.bob)[0]] == [job.pk]
    for somebody in (in_acme.alice, in_acme.carol, in_acme.dan):
        assert jobs_of(somebody) == ([], None)
        for look in (job_of, stop):
            with pytest.raises(NotFound):
                look(somebody, job.pk)


def test_what_has_ended_cannot_be_stopped(in_acme: Acme) -> None:
    job = trash_all(in_acme.bob, ticked([], papers(in_acme, 2)))
    stop(in_acme.bob, job.pk)
    assert state(job) == ("done", 2, 0)
    assert not trail(in_acme.tenant_id, "vault:bulk:stopped")


def told(who: Member) -> list[str]:
    mine = Notification.objects.filter(user_id=who.user_id)
    return sorted(mine.values_list("kind", flat=True))


def test_a_few_keys_are_told_of_each_by_its_name(in_acme: Acme) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    grant_all(in_acme.alice, ticked([], papers(in_acme, FEW)), to=dan, role=Role.READ)
    assert told(in_acme.dan) == ["access-given"] * FEW


@pytest.mark.parametrize("number", [FEW + 1, AT_ONCE + 1])
def test_many_keys_are_told_of_once(in_acme: Acme, number: int) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=dan, role=Role.READ)
    grant_all(in_acme.alice, ticked([], papers(in_acme, number)), to=dan, role=Role.READ)
    assert told(in_acme.dan) == ["access-given", "access-given-to-many"]
    words = [news.words for news in news_of(in_acme.dan)[0]]
    assert words[0] == f"Alice gave you access to {number} items"


def test_keys_to_a_team_are_told_to_its_people(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Auditors")
    add_to_team(in_acme.alice, team.pk, in_acme.carol.membership_id)
    to = Principal("team", team.pk)
    grant_all(in_acme.alice, ticked([], papers(in_acme, 5)), to=to, role=Role.READ)
    assert told(in_acme.carol) == ["access-given-to-many"]
