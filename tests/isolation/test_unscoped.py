"""With no tenant in scope a query raises: an empty answer would hide the mistake."""

from collections.abc import Callable
from threading import Thread
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Count, F, OuterRef, Subquery

from accounts.models import User
from tenants.models import Membership
from tenants.scoping import ScopedManager, UnscopedQuery, scope
from tests.cast import Acme, Rival
from tests.house.catalogue import open_tables
from vault.models import Document, Folder

OWNED: Final = [m for m in apps.get_models() if any(f.name == "tenant" for f in m._meta.fields)]
QUERIES: Final[dict[str, Callable[[], Any]]] = {
    "list": lambda: list(Document.objects.all()),
    "iterator": lambda: list(Document.objects.iterator()),
    "get": lambda: Document.objects.get(pk=uuid4()),
    "first": lambda: Document.objects.first(),
    "last": lambda: Document.objects.order_by("id").last(),
    "exists": lambda: Document.objects.exists(),
    "count": lambda: Document.objects.count(),
    "aggregate": lambda: Document.objects.aggregate(Count("id")),
    "values": lambda: list(Document.objects.values("name")),
    "values_list": lambda: list(Document.objects.values_list("name", flat=True)),
    "distinct": lambda: list(Document.objects.distinct()),
    "in_bulk": lambda: Document.objects.in_bulk([uuid4()]),
    "contains": lambda: Document.objects.contains(Document()),
    "select_related": lambda: list(Document.objects.select_related("folder")),
    "prefetch_related": lambda: list(Document.objects.prefetch_related("versions")),
    "select_for_update": lambda: list(Document.objects.select_for_update()),
    "union": lambda: list(Document.objects.values("id").union(Folder.objects.values("id"))),
    "raw values of F": lambda: list(Document.objects.filter(name=F("name"))),
    "subquery": lambda: list(User.objects.filter(pk__in=Folder.objects.values("created_by"))),
    "correlated subquery": lambda: list(
        User.objects.annotate(
            at=Subquery(Folder.objects.filter(created_by=OuterRef("pk")).values("id")[:1])
        )
    ),
    "update": lambda: Document.objects.update(name="x"),
    "delete": lambda: Document.objects.all().delete(),
    "get_or_create": lambda: Document.objects.get_or_create(name="x"),
    "update_or_create": lambda: Document.objects.update_or_create(name="x"),
    "bulk_update": lambda: Document.objects.bulk_update([Document(name="x")], ["name"]),
    "related rows": lambda: list(Folder(pk=uuid4()).documents.all()),
    "opened by a keyring": lambda: list(Document.objects.filter(folder__in=Folder.objects.all())),
}


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_without_a_tenant_raises(query: Callable[[], Any]) -> None:
    with pytest.raises(UnscopedQuery):
        query()


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_a_tenants_model_asks_for_the_scope(model: type[models.Model]) -> None:
    objects = model._meta.managers_map["objects"]
    assert isinstance(objects, ScopedManager)
    with pytest.raises(UnscopedQuery):
        objects.count()


def test_only_ones_own_seats_have_a_way_around() -> None:
    plain = [m for m in OWNED if not isinstance(m._default_manager, ScopedManager)]
    assert plain == [Membership]


@pytest.mark.django_db
def test_every_table_with_a_tenant_has_such_a_model() -> None:
    assert {model._meta.db_table for model in OWNED} == open_tables()


def test_a_queryset_made_outside_asks_for_the_tenant_when_it_is_sent(acme: Acme) -> None:
    documents = Document.objects.order_by("name")
    with scope(acme.tenant_id):
        assert list(documents) == [acme.contract]
    with pytest.raises(UnscopedQuery):
        documents.all().count()


def test_a_queryset_follows_the_scope(acme: Acme, rival: Rival) -> None:
    documents = Document.objects.all()
    with scope(acme.tenant_id):
        assert documents.all().count() == 1
    with scope(rival.tenant_id):
        assert documents.all().count() == 0


def test_a_thread_does_not_inherit_the_scope(acme: Acme) -> None:
    seen: list[object] = []

    def look(tenant: UUID) -> None:
        try:
            seen.append(Document.objects.count())
        except UnscopedQuery as refused:
            seen.append(type(refused))
        finally:
            connection.close()

    with scope(acme.tenant_id):
        thread = Thread(target=look, args=[acme.tenant_id])
        thread.start()
        thread.join()
    assert seen == [UnscopedQuery]
