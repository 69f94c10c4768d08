"""The trail as a page, and taken out of it."""

import csv
import json

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, put
from tests.tenants.scene import settle_the_trail
from vault.flows.rename import rename
from vault.names import DisplayName

FORMULA = "=HYPERLINK(1).pdf"


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


def test_no_cell_is_a_formula(acme: Acme) -> None:
    """The names of people and documents may begin with anything."""
    with scope(acme.tenant_id):
        rename(acme.bob, acme.contract.pk, to=DisplayName(FORMULA))
    text, _name = exported(acme, "csv")
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


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
