"""Which documents keys open, wherever they lie: a page of them all.

`opened_by` says the rule, and is right for every narrower question. For a page of everything it
would look at everything; so here the same rule is asked for in two other ways:

- *walk*: along the documents in their order, and keep those that the keys open. Quick for whoever
  sees much of what there is. It stops after so many steps, and what it has then may be too little.
- *spread*: from each open folder the first ones, and the documents with keys of their own. Its
  cost grows with the keys, and not with what there is.

Which one it is, is chosen by counts: of the folders that are open, and of the keys to documents.
The tests hold both, the rule on one row and the naive oracle together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tenants.keyset import Keyed, Order, Position, keyed, sorted_by
from tenants.scoping import ask
from vault.access import Keyring, Role
from vault.models import Document, array

BY: Final[Mapping[str, str]] = {"changed": "changed_at", "name": "lower(name)"}
STEPS: Final[Mapping[str, int]] = {"changed": 10_000, "name": 2_000}
MANY: Final = 1_000  # open folders: from here on, a document's own is asked for
FEW: Final = 100  # open folders and keys to documents: from so few, spreading is quicker

REACHED: Final = """
    SELECT descendant_id AS id FROM vault_folderclosure
    WHERE ancestor_id = ANY(%(folders)s::uuid[]) AND reaches
"""
OPEN: Final = f"""
    open AS MATERIALIZED ({REACHED} LIMIT %(many)s),
    number AS MATERIALIZED (SELECT count(*) AS folders FROM open)
"""  # noqa: S608  its words are ours
IN_OPEN: Final = "folder_id IN (SELECT id FROM open)"
# `IS TRUE` and `OFFSET 0` keep this a question for each step, and no join with all lines.
BENEATH_KEY: Final = """EXISTS (
    SELECT FROM vault_folderclosure WHERE descendant_id = step.folder_id AND reaches
    AND (ancestor_id IN (SELECT unnest(%(folders)s::uuid[]))) IS TRUE OFFSET 0
)"""
ALL: Final = """
    SELECT id, {by} FROM vault_document WHERE trashed_id IS NULL {after}
    ORDER BY {by} {way}, id {way} LIMIT %(size)s
"""
# Keys are read from arrays so that the plan is the same, and stays, however many there are.
WALKED: Final = """
    SELECT id, key FROM (
        SELECT id, {{by}} AS key, folder_id, restricted FROM vault_document
        WHERE trashed_id IS NULL {{after}} ORDER BY {{by}} {{way}}, id {{way}} LIMIT {steps}
    ) step
    WHERE (NOT restricted AND {opens}) OR id IN (SELECT unnest(%(documents)s::uuid[]))
    LIMIT %(size)s
"""
# No step, where spreading is quicker or too many folders are open to carry them along.
STEPS_IF_ANY: Final = """(
    SELECT CASE WHEN folders + %(document_keys)s > %(few)s AND folders < %(many)s
           THEN %(steps)s ELSE 0 END FROM number
)"""
WALK: Final = f"""
    WITH {OPEN} SELECT folders, id, key FROM number
    LEFT JOIN ({WALKED.format(steps=STEPS_IF_ANY, opens=IN_OPEN)}) found ON true
    ORDER BY key {{way}}, id {{way}}
"""  # noqa: S608
WALK_BY_KEY: Final = WALKED.format(steps="%(steps)s", opens=BENEATH_KEY)
# The page's documents lie in the folders whose first one comes first: one folder each at most.
SPREAD: Final = f"""
    SELECT id, key FROM (
        SELECT document.id, document.key FROM (
            SELECT open.id FROM (SELECT DISTINCT id FROM ({REACHED}) reached) open
            CROSS JOIN LATERAL (
                SELECT {{by}} AS key, id FROM vault_document
                WHERE folder_id = open.id AND NOT restricted AND trashed_id IS NULL {{after}}
                ORDER BY {{by}} {{way}}, id {{way}} LIMIT 1
            ) first ORDER BY first.key {{way}}, first.id {{way}} LIMIT %(size)s
        ) folder CROSS JOIN LATERAL (
            SELECT {{by}} AS key, id FROM vault_document
            WHERE folder_id = folder.id AND NOT restricted AND trashed_id IS NULL {{after}}
            ORDER BY {{by}} {{way}}, id {{way}} LIMIT %(size)s
        ) document
        UNION
        SELECT id, {{by}} AS key FROM vault_document
        WHERE id = ANY(%(documents)s::uuid[]) AND trashed_id IS NULL {{after}}
    ) found ORDER BY key {{way}}, id {{way}} LIMIT %(size)s
"""  # noqa: S608


def page(
    keyring: Keyring, order: Order, start: Position | None = None, *, size: int
) -> list[Keyed]:
    """The first `size` documents after a position: which ones, in their order."""
    if order.name.removeprefix("-") not in BY:
        return keyed(sorted_by(Document.objects.opened_by(keyring), order, start)[:size])
    return Listing.of(keyring, order, start, size).found()


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked for, as values in SQL. The two ways answer the same, if they answer enough."""

    words: dict[str, str]
    values: dict[str, Any]
    everything: bool

    @classmethod
    def of(cls, keyring: Keyring, order: Order, start: Position | None, size: int) -> "Listing":
        subject, way = order.name.removeprefix("-"), "DESC" if order.descending else "ASC"
        by, compare = BY[subject], "<" if order.descending else ">"
        after = f"AND ({by}, id) {compare} (%(after)s, %(after_id)s)" if start else ""
        documents = keyring.documents_at(Role.PREVIEW)
        values = {
            "folders": array(keyring.folders_at(Role.PREVIEW)),
            "documents": array(documents),
            "document_keys": len(documents),
            "few": FEW,
            "many": MANY,
            "steps": STEPS[subject],
            "size": size,
            **({"after": start.key, "after_id": start.id} if start else {}),
        }
        words = {"by": by, "way": way, "after": after}
        return cls(words, values, keyring.opens_everything(Role.PREVIEW))

    def found(self) -> list[Keyed]:
        if self.everything:
            return self.rows(ALL)
        folders, found = self.walk()
        if folders >= MANY:
            found = self.walk_by_key()
        return found if len(found) == self.values["size"] else self.spread()

    def walk(self) -> tuple[int, list[Keyed]]:
        """How many folders are open, or `MANY`; and what was found, if that was the way."""
        rows = ask(WALK.format(**self.words), self.values)
        return rows[0][0], [Keyed(pk, key) for _, pk, key in rows if pk]

    def walk_by_key(self) -> list[Keyed]:
        return self.rows(WALK_BY_KEY)

    def spread(self) -> list[Keyed]:
        return self.rows(SPREAD)

    def rows(self, query: str) -> list[Keyed]:
        return [Keyed(*row) for row in ask(query.format(**self.words), self.values)]
