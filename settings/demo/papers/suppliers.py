"""Six suppliers, all made up."""

from typing import Final

from settings.demo.papers import marks
from settings.demo.papers.supplier import Item, Look, Supplier

HELVETICA: Final = ("Helvetica", "Helvetica-Bold")
TIMES: Final = ("Times-Roman", "Times-Bold")
COURIER: Final = ("Courier", "Courier-Bold")
EVERY_MONTH: Final = tuple(range(12))

SUPPLIERS: Final = (
    Supplier(
        "Tidewick Energy",
        ("Lock Road 88", "Ellerport EL3 2AB"),
        "Electricity from the estuary",
        "TE-{:05d}",
        20418,
        137,
        EVERY_MONTH,
        4,
        (
            Item("Electricity, day rate", (640, 1180), (27, 27), "kWh"),
            Item("Electricity, night rate", (210, 420), (17, 17), "kWh"),
            Item("Standing charge", (28, 31), (68, 68), "days"),
        ),
        Look(marks.bolt, "#0f766e", HELVETICA, "band", "striped"),
        due=14,
        vat=5,
    ),
    Supplier(
        "Northwind Paper",
        ("Unit 4, Mill Lane", "Ellerport EL2 9TR"),
        "Paper and office supplies since 1974",
        "NP-{:04d}",
        19,
        4,
        (0, 2, 3, 5, 7, 9, 10, 11),
        11,
        (
            Item("Copy paper A4, 80 g, ream", (10, 40), (429, 465)),
            Item("Envelopes C5 with window, box of 500", (1, 4), (1890, 2150)),
            Item("Lever arch files, grey", (5, 20), (245, 280)),
            Item("Archive boxes, acid free", (6, 18), (380, 410)),
            Item("Labels 99 x 38 mm, pack of 100", (1, 6), (1120, 1240)),
        ),
        Look(marks.leaf, "#1d4f91", TIMES, "left", "ruled"),
    ),
    Supplier(
        "Quillstack Hosting",
        ("The Old Exchange", "Wexmoor WX1 1QS"),
        "Servers that stay up",
        "{day:%Y%m}-{:03d}",
        204,
        9,
        (1, 3, 5, 7, 9, 10, 11),
        1,
        (
            Item("Virtual server V4, month", (2, 3), (4800, 4800)),
            Item("Backup storage, 500 GB", (1, 2), (1950, 1950)),
            Item("Support, business hours", (1, 1), (7500, 7500)),
            Item("Domain acme.example, year", (1, 1), (1400, 1400)),
        ),
        Look(marks.stack, "#5b3fc4", COURIER, "right", "boxed", "%Y-%m-%d"),
        due=10,
    ),
    Supplier(
        "Saltmarsh Cleaning",
        ("7 Rope Walk", "Ellerport EL1 6DN"),
        "Offices, windows, stairs",
        "SC {:03d}/{day:%y}",
        61,
        5,
        (0, 3, 6, 9, 11),
        27,
        (
            Item("Office cleaning, weekly", (4, 5), (11500, 11500)),
            Item("Windows, inside and out", (1, 1), (14000, 16500)),
            Item("Kitchen and bath supplies", (1, 3), (2150, 2480)),
        ),
        Look(marks.drop, "#0b74b8", HELVETICA, "centre", "ruled"),
    ),
    Supplier(
        "Fernhollow Coffee",
        ("Roastery, Dean Hill", "Wexmoor WX4 8FC"),
        "Roasted on Tuesdays",
        "F{:04d}",
        3307,
        48,
        (1, 4, 8, 10),
        18,
        (
            Item("House blend, beans, 1 kg", (4, 9), (1850, 1990)),
            Item("Decaffeinated, beans, 1 kg", (1, 3), (2050, 2150)),
            Item("Oat drink, case of 12", (1, 4), (1740, 1860)),
            Item("Service of the machine", (1, 1), (8900, 8900)),
        ),
        Look(marks.bean, "#7a4a21", TIMES, "centre", "striped", "%d.%m.%Y"),
        due=21,
    ),
    Supplier(
        "Pellbridge Print",
        ("Studio 2, Foundry Yard", "Ellerport EL4 5PB"),
        "Print, fold, bind",
        "PB-{day:%y}-{:02d}",
        14,
        11,
        (2, 6, 8, 11),
        22,
        (
            Item("Annual report, 48 pages, bound", (60, 120), (640, 720)),
            Item("Letterheads, two colours", (1000, 2000), (9, 11)),
            Item("Business cards, set of 250", (2, 6), (3900, 4200)),
            Item("Delivery", (1, 1), (1250, 1250)),
        ),
        Look(marks.prints, "#b0246d", HELVETICA, "right", "striped"),
    ),
)
