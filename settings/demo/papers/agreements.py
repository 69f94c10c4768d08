"""The contracts of Acme: with whom, about what, and what changed from version to version."""

from datetime import date
from typing import Final

from settings.demo.papers.agreement import Agreement
from settings.demo.papers.lease import LEASE

CLEANING: Final = Agreement(
    "Cleaning agreement",
    ("Saltmarsh Cleaning", "7 Rope Walk, Ellerport EL1 6DN"),
    "the cleaning of the offices at 12 Harbour Street",
    """
# The work

The contractor cleans the offices, the kitchen and the stairs {times} a week, after 18:00, and
the windows twice a year.

It brings its own machines and materials, which are safe for food and water.

# The people

The contractor pays at least the living wage, and names in advance who holds a key. A lost key is
reported on the same day.

# The price

The price is GBP {price} a week and is invoiced once a quarter, with 30 days.
""",
    (
        (date(2025, 10, 6), {"times": "once", "price": "98.00"}),
        (date(2026, 2, 2), {"times": "twice", "price": "115.00"}),
    ),
    "Twice a week since February 2026.",
)
HOSTING: Final = Agreement(
    "Hosting and data processing",
    ("Quillstack Hosting Ltd", "The Old Exchange, Wexmoor WX1 1QS"),
    "the running of servers and the processing of data on behalf of Acme Ltd",
    """
# The service

The provider runs the servers that the schedule names, in two buildings that lie at least 40
kilometres apart.

They can be reached for 99.9 per cent of each month. For every tenth of a per cent below that,
five per cent of the month's price is returned.

# Data

The provider processes personal data on the customer's written instructions alone, keeps them
within the country, and deletes them thirty days after the end.

It reports a breach within 24 hours of learning of it.

The customer may inspect, or have inspected, how the data are kept once a year.
""",
    ((date(2025, 11, 3), {}),),
    "With the annex on data processing; renews every November.",
)
INSURANCE: Final = Agreement(
    "Insurance of the office 2026",
    ("Gullstone Mutual", "Pier House, Wexmoor WX2 3GM"),
    "the insurance of office contents and of business interruption",
    """
# What is insured

Furniture, machines and papers at 12 Harbour Street up to GBP 180,000, against fire, water, storm
and theft.

Loss of income after such damage for up to twelve months, GBP 400,000 at most.

# The premium

The premium is GBP 2,140 a year. The insured bears the first GBP 500 of each loss.
""",
    ((date(2025, 12, 15), {}),),
)
SECRECY: Final = Agreement(
    "Confidentiality agreement Pellbridge",
    ("Pellbridge Print", "Studio 2, Foundry Yard, Ellerport EL4 5PB"),
    "the confidential handling of the annual report before it is published",
    """
# What is confidential

The text, the figures and the proofs of the annual report until the day on which Acme Ltd
publishes it.

Proofs are destroyed within seven days of the last delivery.
""",
    ((date(2026, 3, 17), {}),),
)
AGREEMENTS: Final = (LEASE, CLEANING, HOSTING, INSURANCE, SECRECY)
