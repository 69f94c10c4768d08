"""The trail as a page, and taken out of it."""

import csv
import json

import pytest

from tenants.models import Organisation
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, put
from tests.tenants.scene import settle_the_trail
from vault.flows.rename import rename
from vault.names import DisplayName


def exported(acme: Acme, form: str, **filters: str) -> tuple[str, str]:
    """What was sent, and how it is called."""
    with scope(acme.tenant_id):
        settle_the_trail()
    address = f"/o/{acme.slug}/admin/audit/export.{form}"
    answer = signed_in(acme.alice).post(address, filters)
    assert answer.status_code == 200
    return body(answer).decode(), answer.headers["Content-Disposition"]


def test_csv_holds_what_was_filtered_with_its_head(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "letter.pdf")
    text, disposition = exported(acme, "csv", kind="documents", who=str(acme.bob.user_id))
    assert disposition == f'attachment; filename="{acme.slug}-activity.csv"'
    head = [line for line in text.splitlines() if line.startswith("#")]
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert '# organisation: "Acme Ltd"' in head
    assert '# zone: "UTC"' in head
    assert [row["what"] for row in rows] == ["Bob filed “letter.pdf”"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "a;", "a,", "a; ", "a|", 'a;"', 'a,""', 'a; " '])
def test_no_cell_is_a_formula_wherever_it_is_opened(
    acme: Acme, before: str, delimiter: str
) -> None:
    """Names and browsers say what they like; some countries cut lines at other signs."""
    name = f"{before}=HYPERLINK(1).pdf"
    Organisation.objects.filter(pk=acme.tenant_id).update(name=f"{before}=1+1")
    with scope(acme.tenant_id):
        rename(acme.bob, acme.contract.pk, to=DisplayName(name.replace("|", "-")))
    text, _name = exported(acme, "csv")
    assert "HYPERLINK" in text
    cells = [cell for row in csv.reader(text.splitlines(), delimiter=delimiter) for cell in row]
    assert [c for c in cells if c.lstrip(' "').startswith(("=", "+", "-", "@"))] == []


def test_json_holds_the_same_events(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "letter.pdf")
    text, _name = exported(acme, "json", kind="documents", who=str(acme.bob.user_id))
    told = json.loads(text)
    assert told["filter"]["actor"] == str(acme.bob.user_id)
    assert [event["what"] for event in told["events"]] == ["Bob filed “letter.pdf”"]
    assert told["events"][0]["event"]["facts"]["name"] == "letter.pdf"


def test_a_filter_that_cannot_be_read_exports_nothing(acme: Acme) -> None:
    address = f"/o/{acme.slug}/admin/audit/export.csv"
    assert signed_in(acme.alice).post(address, {"since": "soon"}).status_code == 422
    assert signed_in(acme.alice).post(f"/o/{acme.slug}/admin/audit/export.xml").status_code == 404


def test_an_export_is_itself_in_the_trail(acme: Acme) -> None:
    exported(acme, "csv", kind="documents")
    text, _name = exported(acme, "json", kind="upkeep")
    told = json.loads(text)["events"]
    assert "vault:trail:exported" in {event["action"] for event in told}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_means_is_refused(acme: Acme, day: str) -> None:
    alice, base = signed_in(acme.alice), f"/o/{acme.slug}/"
    assert alice.get(f"{base}admin/audit/?until={day}").status_code == 422
    assert alice.post(f"{base}admin/audit/export.csv", {"since": day}).status_code == 422
    grant = {"principal": f"user:{acme.dan.user_id}", "role": "read", "until": day}
    assert alice.post(f"{base}d/{acme.contract.pk}/access/change/", grant).status_code == 422
    link = {"days": "7", "on": day}
    assert alice.post(f"{base}d/{acme.contract.pk}/share/", link).status_code == 422
