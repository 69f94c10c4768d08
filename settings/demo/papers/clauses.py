"""Contracts as text: `# ` begins a clause, and an empty line a sentence of it."""

from collections.abc import Iterator
from typing import Final

type Clause = tuple[str, list[str]]


def clauses_of(text: str) -> Iterator[Clause]:
    for clause in text.split("# ")[1:]:
        head, *sentences = clause.strip().split("\n\n")
        yield head, [" ".join(sentence.split()) for sentence in sentences]


# What stands in every contract, after the clauses that are its own.
GENERAL: Final = """
# Confidentiality

Each party keeps secret what it learns of the other's business under this agreement and uses it
for no other purpose.

This does not apply to what is public, what the party already knew, or what a court or an
authority orders it to disclose.

The duty lasts for three years after the end of this agreement.

# Liability

Neither party limits its liability for death, personal injury or fraud.

In every other case a party answers for foreseeable loss only, and for no more in any year than
the sum that is payable under this agreement in that year.

Neither party answers for a failure that it could not avoid with reasonable care, as long as it
tells the other without delay.

# Ending early

Either party may end this agreement in writing if the other breaks it in an important point and
does not put that right within thirty days of being asked to.

What has fallen due by then remains payable. Sums paid in advance for the time after the end are
returned within fourteen days.

# Notices

A notice is given in writing to the address at the head of this agreement, or to the e-mail
address that a party last named for this purpose.

It counts as received on the second working day after it was posted, or on the working day after
it was sent by e-mail.

# The whole agreement

This document and its schedule are all that the parties have agreed on its subject. Changes are
made in writing and signed by both.

If one clause can't be enforced, the others stand.

Neither party passes its rights or duties to somebody else without the consent of the other,
which is not to be withheld without good reason.

# Law and courts

This agreement is governed by the law of England and Wales, whose courts alone decide disputes
about it.

Before going to court the parties try to settle a dispute between their directors, who meet
within fourteen days of being asked to.
"""
