"""The lease of the new office: three drafts, until both sides signed."""

from datetime import date
from typing import Final

from settings.demo.papers.agreement import Agreement

LEASE: Final = Agreement(
    "Lease 12 Harbour Street",
    ("Marrowgate Estates LLP", "1 Custom House Square, Ellerport EL1 1AA"),
    "the lease of the second floor of 12 Harbour Street, Ellerport",
    """
# The premises

The landlord lets to the tenant the second floor of 12 Harbour Street, 284 square metres, with
the use of the stairs, the lift and {spaces} parking spaces.

The premises are used as offices. Another use needs the landlord's consent.

# The term

The lease begins on 1 January 2027 and lasts for {years} years.

The tenant may end it after three years with six months' notice.

# The rent

The rent is GBP {rent} a year, payable in advance in four equal parts on the usual quarter days,
and value added tax where it is due.

After the third year the rent follows the index of consumer prices, by no more than {rise} per
cent in any year.

# Repairs and alterations

The landlord keeps the roof, the structure, the lift and the heating in repair.

The tenant keeps the inside in repair and hands it back as described in the schedule of
condition, fair wear and tear excepted.

The tenant may put up partitions that can be taken away without a trace.

# Deposit

The tenant pays a deposit of three months' rent, which is kept in an account of its own and
returned with interest within thirty days of the end.
""",
    (
        (date(2026, 5, 12), {"rent": "52,000", "years": "ten", "rise": "5", "spaces": "two"}),
        (date(2026, 6, 30), {"rent": "49,500", "years": "seven", "rise": "4", "spaces": "two"}),
        (date(2026, 8, 21), {"rent": "48,000", "years": "five", "rise": "3", "spaces": "four"}),
    ),
    "The office lease from January 2027. The third version is the one that both sides "
    "signed: five years, rent down to 48,000 a year, four parking spaces.",
)
