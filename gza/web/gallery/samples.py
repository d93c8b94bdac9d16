"""Invented data for the gallery. All people, cases and results are made up; both languages stand side by side."""

import datetime as dt
from typing import Any

from gza.core import clock
from gza.law.verdicts import Denied
from gza.ui.figures import Bar, Count, Tile, Window
from gza.ui.road import At, Lack, Stop

from .words import STOPS, TEXTS

TODAY = dt.date(2020, 10, 15)
_WINDOW = Window(dt.date(2020, 6, 1))


def rooms() -> list[dict[str, Any]]:
    """A navigation without effect."""
    return [
        {"address": "#main", "title": TEXTS[key].say(_language()), "icon": icon, "current": key == "gallery"}
        for key, icon in (("today", "day"), ("cases", "cases"), ("services", "list"), ("gallery", "view"))
    ]


def _language() -> str:
    from django.utils.translation import get_language

    return get_language() or "ka"


def road(at: int, *, halt: int = 0, stops: int = 11) -> list[Stop]:
    """The road with the case at stop ``at`` from 1; 0 beyond its end; ``halt`` is a stop a rule bars."""
    made = []
    for index, (label, note, clause) in enumerate(STOPS[:stops], 1):
        place = At.PASSED if not at or index < at else At.HERE if index == at else At.AHEAD
        if index == halt:
            place = At.HALT
        when = f"{10 + index:02d}.09" if place is At.PASSED else ""
        since = f"{10 + index:02d}.09.2020" if place is At.PASSED else ""
        made.append(Stop(label, place, when=when, note=note, since=since, clause=clause))
    return made


def denied() -> Denied:
    """A refusal."""
    return Denied("gallery.sample", "S5.5", TEXTS["why"], (TEXTS["way_1"], TEXTS["way_2"], TEXTS["way_3"]))


def stored() -> dict[str, Any]:
    """The other version of the sample form."""
    return {
        "service": "dental", "amount": 420_00, "begins": dt.date(2020, 11, 30), "decided": dt.date(2020, 10, 1),
        "provider": TEXTS["provider_a"].say(_language()), "reason": TEXTS["second_line"].say(_language()),
        "weight": "necessary", "share": ["language"], "shelter": False, "explained": True,
    }  # fmt: skip


def page() -> dict[str, Any]:
    """All that the page shows."""
    language = _language()

    def say(key: str) -> str:
        return TEXTS[key].say(language)

    real = clock.today()
    return {
        "roads": [
            (say("road_begin"), road(1)),
            (say("road_middle"), road(6, halt=8)),
            (say("road_end"), road(0)),
            (say("road_long"), road(7, stops=len(STOPS))),
        ],
        "short_road": road(5),
        "lacks": [
            Lack(TEXTS["lack_met"], met=True, note=say("day_a"), clause="S7.5"),
            Lack(TEXTS["lack_wait"], waiting=True, note=say("day_b"), clause="S5.4"),
            Lack(TEXTS["lack_open"], note=TEXTS["draft"], clause="S5.6", href="#next"),
        ],
        "late_day": real - dt.timedelta(days=5),
        "soon_day": real + dt.timedelta(days=1),
        "far_day": real + dt.timedelta(days=12),
        "signed_at": dt.datetime(2020, 5, 29, 10, 12, tzinfo=dt.UTC),
        "tabs": [
            {"label": say("tab_a"), "href": "#ways", "current": True},
            {"label": say("tab_b"), "href": "#ways"},
            {"label": say("tab_c"), "href": "#ways", "count": 4},
        ],
        "versions": [
            {"number": 1, "label": say("version_1"), "note": say("version_1n"), "href": "#ways"},
            {"number": 2, "label": say("version_2"), "note": say("version_2n"), "href": "#ways", "current": True},
            {"number": 3, "label": say("version_3"), "note": say("version_3n"), "href": "#ways"},
        ],
        "pages": {"before": "a", "after": "b"},
        "published": [Count("2023", 14, 7.7, 23.5), Count("2024", None), Count("2025", 0)],
        "bars": [
            Bar(STOPS[4][0], 6, 3, "#figures"), Bar(STOPS[6][0], 3, 0, "#figures"), Bar(STOPS[1][0], 0, 0, "#figures"),
        ],
        "window": _WINDOW,
        "today": TODAY,
        "items": [
            {"no": 1, "name": say("item_1"), "note": say("item_1n"), "by": say("provider_a"), "money": 0,
             "start": dt.date(2020, 6, 1), "end": dt.date(2020, 11, 30), "desired": "", "said": say("item_1t")},
            {"no": 2, "name": say("item_2"), "note": say("item_2n"), "by": say("fund"), "money": 480_00,
             "start": dt.date(2020, 6, 15), "end": dt.date(2020, 9, 15), "desired": "", "said": say("item_2t")},
            {"no": 3, "name": say("item_3"), "note": say("item_3n"), "by": say("provider_b"), "money": 0,
             "start": dt.date(2020, 10, 1), "end": dt.date(2021, 2, 28), "desired": "yes", "said": say("item_3t")},
            {"no": 4, "name": say("item_4"), "note": say("item_4n"), "by": say("provider_a"), "money": 0,
             "start": dt.date(2020, 12, 1), "end": dt.date(2021, 5, 31), "desired": "yes", "said": say("item_4t")},
        ],
        "halves": [
            (["done", "done", "done", "going"], "", say("half_1")),
            (["done", "done", "none", "none"], "yes", say("half_2")),
            (["missed", "missed", "missed", "open"], "", say("half_3")),
        ],
        "half_now": 89.4,
        "counts": [6, 4, 2, 2, 1, 3],
        "spent": 910_00, "decided": 1340_00, "limit": 2000_00,
        "tiles": [
            Tile(TEXTS["abkhazia"], 1, 1),
            Tile(TEXTS["guria"], 2, 1, 3),
            Tile(TEXTS["tbilisi"], 3, 1, 14, href="#figures"),
        ],
        "strokes": "M120 120L160 60L190 130L230 70L260 120L330 90L420 118",
        "refused": denied(),
    }  # fmt: skip
