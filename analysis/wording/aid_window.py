"""Numbers and figure texts of the chapter on the aid window."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from analysis import aid, claims, hedges, tables
from analysis.assessing import evidence
from analysis.assessments import aid_window as judged
from analysis.book import Column, colour
from analysis.formatting import area, count, day, month, number, percent

ARTICLE, AUTUMN, INAUGURATION = aid.ARTICLE, aid.AUTUMN_2024, aid.INAUGURATION
WINDOW_END = aid.WINDOW_END
LAW = "Public Law 118-50, Division B"

ANNOUNCEMENTS = "White House memoranda and announcements as read in the press"
PRINTED_MILITARY = judged.PRINTED_MILITARY_USD_BN
# How far a number without a hedge may be off, as a share of it.
BARE = hedges.hedge("").holds.high - 1
# How wide the bars of the chart of combinations are, billion US dollars.
BIN_USD_BN = 2

PURPOSE_COLUMNS = {
    "name": "Purpose",
    "what_it_is_for": "What it is for",
    "usd_bn": Column("USD bn", 2),
    "until": "May be committed until",
    "reaches_ukraine": "Reaches Ukraine",
}


@cache
def lines() -> pd.DataFrame:
    """Return the lines of the Act."""
    return tables.read("act-2024-lines")


@cache
def packages() -> pd.DataFrame:
    """Return the announced American packages."""
    return tables.read("us-aid-packages")


@cache
def kiel() -> pd.DataFrame:
    """Return allocations by donor group and month."""
    return tables.read("kiel-monthly-groups")


@cache
def combinations() -> pd.DataFrame:
    """Return every combination of the military blocks of the Act, with its sum."""
    return aid.combinations_of(blocks())


@cache
def blocks() -> pd.Series[float]:
    """Return the military blocks of the Act, in thousand million dollars."""
    return aid.military_blocks_usd_bn(lines(), tables.read("act-2024-purposes"))


def tracker() -> str:
    """Return the name of the tracker's release that is held, with its day."""
    published = day(tables.day_of_state("kiel-monthly-groups"))
    return f"Kiel Institute, Ukraine Support Tracker, {aid.release_name(kiel())} ({published})"


def near_printed() -> pd.DataFrame:
    """Return the combinations that a bare number of 42 would allow."""
    return aid.near(combinations(), PRINTED_MILITARY, BARE * PRINTED_MILITARY)


def purposes() -> pd.DataFrame:
    """Return what the Act's money is for, as a table for readers."""
    frame = aid.purposes_frame(lines(), tables.read("act-2024-purposes"))
    until = ["when spent" if pd.isna(end) else day(end) for end in frame["lapses"]]
    return frame.assign(until=until)


def military() -> pd.DataFrame:
    """Return the definitions of military, the primary one marked."""
    frame = aid.military_definitions(lines(), tables.read("act-2024-military-definitions"))
    return frame.assign(primary=frame["definition_id"] == "security-assistance")


def window() -> pd.DataFrame:
    """Return the time bought over the war so far under every reading, in percent."""
    frame = aid.window_ratios(tables.read("aid-window-dates"))
    return frame.assign(ratio_pct=100 * frame["ratio"])


def totals() -> pd.DataFrame:
    """Return the totals that pass under the name of the Act's aid, in dollars."""
    rows = [
        ("Whole Act", "appropriated", judged.act_usd_bn()),
        ("Defense Department", "appropriated", _defense()),
        ("Security aid (CRS)", "appropriated", judged.security_assistance_usd_bn()),
        ("USAI line", "appropriated", _usai()),
        ("Drawdown cap", "authority", _fact("sup-act-pda-cap")),
        ("Contracts so far", "announced", judged.drawn_usd_bn(AUTUMN, measure="usai")),
        ("Drawdowns so far", "announced", judged.drawn_usd_bn(AUTUMN)),
        ("Paid, whole Act", "outlays, forecast", _fact("aid-cbo-fy24")),
    ]
    return pd.DataFrame(rows, columns=["total", "stage", "usd_bn"])


def real() -> pd.DataFrame:
    """Return yearly military allocations, nominal and in prices of 2025."""
    rises = {year: _fact(f"aid-euro-prices-{year}") for year in (2023, 2024, 2025)}
    return aid.annual_real(kiel(), rises)


def marks() -> pd.DataFrame:
    """Return the days that charts in time mark, with their names."""
    return pd.DataFrame({"date": [ARTICLE, INAUGURATION], "name": ["article", "new president"]})


def panel(text: str) -> dict[str, Any]:
    """Return the heading of one panel of a chart."""
    return {"text": text, "fontSize": 13, "fontWeight": 600, "color": colour("ink"), "offset": 6}


def _fact(evidence_id: str) -> float:
    return float(evidence([evidence_id])["value"].iloc[0])


def _usai() -> float:
    return aid.purposes_sum_usd_bn(lines(), ("usai",))


def _defense() -> float:
    frame = military().set_index("definition_id")["usd_bn"]
    return float(frame["defense-department"])


def _usd(value: float, decimals: int = 1) -> str:
    return f"{number(value, decimals)} billion dollars"


def _eur(value: float, decimals: int = 1) -> str:
    return f"{number(value, decimals)} billion euros"


def _act() -> dict[str, str]:
    amounts = aid.by_purpose_usd_bn(lines())
    frame = military().set_index("definition_id")["usd_bn"]
    sums = combinations()
    # What the rule of a number without a hedge still calls roughly right.
    rough = hedges.hedge("").roughly.high - 1
    roughly = aid.near(sums, PRINTED_MILITARY, rough * PRINTED_MILITARY)
    economic = aid.purposes_sum_usd_bn(lines(), aid.ECONOMIC)
    return {
        "act-total": _usd(judged.act_usd_bn(), 2),
        "act-lines": number(int((lines()["part_of_seq"].isna()).sum())),
        "economic": _usd(economic),
        "refugees": _usd(amounts["refugees-in-us"], 2),
        "relief": _usd(aid.relief_usd_bn(lines()), 2),
        "defense": _usd(_defense()),
        "defense-share": percent(_defense() / judged.act_usd_bn()),
        "security": _usd(judged.security_assistance_usd_bn()),
        "security-share": percent(judged.security_assistance_usd_bn() / PRINTED_MILITARY),
        "usai": _usd(_usai()),
        "replacement": _usd(amounts["stock-replacement"]),
        "procurement": _usd(amounts["us-procurement"]),
        "forces": _usd(amounts["us-forces-pay"] + amounts["us-forces-operations"]),
        "fmf": _usd(amounts["fmf"]),
        "title-less-forces": _usd(frame["title-one-less-forces"], 2),
        "all-arms": _usd(frame["procurement-financing"], 2),
        "definitions": count(len(frame)),
        "definitions-low": _usd(frame.min()),
        "definitions-high": _usd(frame.max()),
        "for-ukraine": _usd(judged.total_readings()[-1].value),
        "combinations": number(len(sums)),
        "combinations-low": _usd(sums["sum"].min(), 2),
        "combinations-high": _usd(sums["sum"].max()),
        "blocks": count(len(blocks())),
        "printed": number(PRINTED_MILITARY),
        "definitions-at-printed": count(int(frame.round().eq(PRINTED_MILITARY).sum())),
        "near": count(len(near_printed())),
        "near-rounded": count(len(aid.near(sums, PRINTED_MILITARY, 0.5))),
        "bare": percent(BARE, 1),
        "rough": percent(rough),
        "near-tenth": number(len(roughly)),
        "cap": _usd(_fact("sup-act-pda-cap")),
        "kiel-estimate": _eur(_fact("aid-kiel-23bn"), 0),
        "kiel-realised": _eur(
            aid.allocated_eur_bn(kiel(), "United States", "2024-04", "2025-01"), 1
        ),
    }


def _window() -> dict[str, str]:
    frame = window()
    war = frame[(frame["start_date_id"] == "2022-02-24-invasion")]
    spoken = war[war["now_date_id"] == "2024-06-03-published"].set_index("end_date_id")
    ratio, ahead = spoken["ratio"], spoken["days_ahead"]
    old = frame[frame["start_date_id"] == "2014-02-20-crimea"]["ratio"]
    record = claims.assess("half-as-long")
    words = [item.word for item in (*record.primary_reading, *record.other_readings)]
    ends = [aid.share_reached_on(judged.INVASION, ARTICLE, share) for share in judged.nearly_half()]
    return {
        "war-days": number(spoken["days_of_war"].iloc[0]),
        "days-new-year": number(ahead["2025-01-01-new-year"]),
        "ratio-new-year": percent(ratio["2025-01-01-new-year"]),
        "ratio-mid-year": percent(ratio["2025-06-30-mid-year"]),
        "ratio-year-end": percent(ratio["2025-12-31-year-end"]),
        "ratio-2014-high": percent(old.max()),
        "readings": number(len(frame)),
        "readings-hold": count(words.count("holds")),
        "readings-roughly": count(words.count("roughly holds")),
        "half-from": day(ends[0]),
        "half-to": day(ends[1]),
    }


def nearly_half_pct() -> pd.DataFrame:
    """Return the interval that "nearly half" allows, in percent: low, high."""
    low, high = judged.nearly_half()
    return pd.DataFrame({"low": [100 * low], "high": [100 * high]})


def cap_usd_bn() -> float:
    """Return the Act's cap on drawdowns, in thousand million dollars."""
    return _fact("sup-act-pda-cap")


def _arrived() -> dict[str, str]:
    pace = aid.volume_before_and_after(packages()).set_index("period")["usd_bn_a_month"]
    drawn = {name: judged.drawn_usd_bn(on) for name, on in _DAYS.items()}
    signed = {name: judged.drawn_usd_bn(on, measure="usai") for name, on in _DAYS.items()}
    return {
        "drawn-article": _usd(drawn["article"]),
        "drawn-article-share": percent(drawn["article"] / judged.security_assistance_usd_bn()),
        "drawn-autumn": _usd(drawn["autumn"]),
        "drawn-autumn-share": percent(drawn["autumn"] / _fact("sup-act-pda-cap")),
        "drawn-end": _usd(drawn["end"]),
        "contracts-article": _usd(signed["article"]),
        "contracts-autumn": _usd(signed["autumn"]),
        "contracts-end": _usd(signed["end"]),
        "contracts-over": _usd(signed["end"] - _usai()),
        "usai-line": _usd(_usai()),
        "saved": _usd(_fact("aid-biden-sept26-pda")),
        "cbo": _usd(_fact("aid-cbo-fy24")),
        "zelensky": percent(_fact("aid-zelensky-10pct") / 100),
        "drawn-october-share": percent(
            judged.drawn_usd_bn(pd.Timestamp("2024-10-30")) / judged.security_assistance_usd_bn()
        ),
        "left": _usd(_fact("aid-pda-left-38")),
        "gao-paid": percent(_fact("sup-gao-675") / _fact("aid-four-acts-113")),
        "pace-act": _usd(pace["the Act to the article"], 2),
        "pace-after": _usd(pace["three months after"], 2),
        "pace-gap": _usd(pace["January to May 2024"], 2),
        "pace-half": _usd(pace["June to December 2024"], 2),
        "undelivered": _usd(_fact("aid-oig-undelivered-907m")),
        "late-months": number(_fact("aid-oig-delay-18mo")),
    }


_DAYS = {"article": ARTICLE, "autumn": AUTUMN, "end": pd.Timestamp("2025-01-20")}


def _donors() -> dict[str, str]:
    def given(group: str, first: str, last: str, measure: str = "military_eur_bn") -> float:
        return aid.allocated_eur_bn(kiel(), group, first, last, measure=measure)

    crossing = aid.last_crossing(aid.running_totals(kiel()))
    last = aid.release_only(kiel())["month"].max()
    draft = kiel()[~kiel()["state"].str.startswith("release ")]
    june = draft[draft["donor_group"] == "Europe"]["military_eur_bn"]
    months = {name: span for name, *span in aid.PERIODS}
    gap, after = months["Gap: Jan–Mar 2024"], months["Feb–Nov 2025"]
    ratio = {
        item.levels["period"]: item.value
        for item in judged.europe_readings()
        if item.levels["measure"] == "military"
    }
    return {
        "europe-then": _eur(_fact("aid-kiel-feb24-mil-europe"), 1),
        "us-then": _eur(_fact("aid-kiel-feb24-mil-us"), 1),
        "europe-then-all": _eur(_fact("aid-kiel-feb24-europe899"), 1),
        "us-then-all": _eur(_fact("aid-kiel-feb24-us67"), 0),
        "us-gap": _eur(given("United States", *gap), 2),
        "europe-gap": _eur(given("Europe", *gap)),
        "europe-after": _eur(given("Europe", *after)),
        "us-2025": _eur(given("United States", "2025-01", "2025-12"), 2),
        "us-since": _eur(given("United States", "2025-02", "2026-04", "total_eur_bn"), 0),
        "europe-window": _eur(given("Europe", "2024-06", "2025-11")),
        "us-window": _eur(given("United States", "2024-06", "2025-11")),
        "window-ratio": number(ratio["the eighteen months"], 1),
        "europe-total": _eur(aid.allocated_by(kiel(), "Europe", "2026-04")),
        "us-total": _eur(aid.allocated_by(kiel(), "United States", "2026-04")),
        "crossing": month(crossing),
        "us-last-month": month(aid.last_month_with_aid(kiel(), "United States")),
        "kiel-last": month(last),
        "draft-june": _eur(float(june.iloc[-1])),
        "eu-promised": _eur(_fact("aid-kiel-jan24-eu144"), 0),
        "eu-allocated": _eur(_fact("aid-kiel-jan24-eu77"), 0),
    }


def _real() -> dict[str, str]:
    frame = real()
    every = frame[frame["donor_group"] == "all"].set_index("year")
    at_prices, of_the_day = every["real_eur_bn"], every["nominal_eur_bn"]
    change = aid.change_over_mean(frame, "all")
    europe = aid.change_over_mean(frame, "Europe")
    plain = aid.change_over_mean(frame, "Europe", measure="nominal_eur_bn")
    return {
        "all-2025": _eur(at_prices[2025]),
        "all-2023-real": _eur(at_prices[2023]),
        "all-2023": _eur(of_the_day[2023]),
        "all-fall": percent(-change),
        "all-fall-kiel": percent(-_fact("aid-kiel-2025-mil-all-13") / 100),
        "europe-rise": percent(europe),
        "europe-rise-nominal": percent(plain),
        "europe-rise-kiel": percent(_fact("aid-kiel-2025-mil67") / 100),
        "lowest-real": str(at_prices.idxmin()),
    }


def _hindsight() -> dict[str, str]:
    within, later = judged.best_thirty_days_km2()
    new_year = judged.held_change_km2(pd.Timestamp("2025-01-01").date())
    pause = evidence(["aid-pause-mar25", "aid-pause-mar25-lifted"])["value_text"]
    return {
        "new-year-loss": area(new_year),
        "best-thirty": area(within),
        "best-later": area(-later),
        "kursk": area(_fact("kursk-peak-1376")),
        "pause-days": number((pd.Timestamp(pause.iloc[1]) - pd.Timestamp(pause.iloc[0])).days),
        "refused": _usd(_fact("aid-johnson-24bn"), 0),
        "purl": _usd(_fact("aid-purl-5bn-jul26"), 0),
        "ndaa": _usd(_fact("aid-ndaa-400")),
        "eu-loan": _eur(_fact("aid-eu90-decision"), 0),
        "eu-loan-military": _eur(_fact("aid-eu90-military60"), 0),
        "era-us": _usd(_fact("aid-era-us-20"), 0),
        "early-delivered": percent(_fact("aid-pda-90pct-delivered-2025") / 100),
        "shells-then": number(_shells("u-2024-jan-may")),
        "shells-august": number(_shells("u-2024-08")),
        "czech-2024": number(_fact("aid-czech-2024-15m") / 1e6, 1),
    }


def _shells(ratio_id: str) -> float:
    fired = tables.read("shell-ratios").set_index("ratio_id")["ua_shells_per_day"]
    return float(fired[ratio_id])


def _verdicts() -> dict[str, str]:
    home = claims.at_home_in("aid-window")
    words = [record.verdict for record in home]
    return {
        "claims": count(len(home)),
        "claims-hold": count(sum(word in {"holds", "roughly holds"} for word in words)),
        "claims-fall": count(words.count("does not hold")),
        "claims-true": count(words.count("came true")),
        "claims-depend": count(words.count("depends on reading")),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_act(), _window(), _arrived(), _donors(), _real(), _hindsight(), _verdicts())
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _definitions_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "What is military in one Act runs from "
        f"{number(military()['usd_bn'].min(), 1)} to {s['definitions-high']}",
        "subtitle": "Billion US dollars of the Act under each definition, law of 24 April 2024",
        "source": f"Sources: {LAW}; CSIS and the House committee as printed",
        "note": "Filled: the count of the Congressional Research Service (CRS), which is primary.",
        "alt": (
            f"Dot plot of {s['definitions']} definitions, from arms bought for Ukraine alone at "
            f"{s['definitions-low']} to everything military at {s['definitions-high']}. Security "
            f"assistance as CRS counts it is {s['security']}. A line marks the printed "
            f"{s['printed']}; {s['definitions-at-printed']} definitions lie on it, with purchases "
            "for American stocks in them."
        ),
        "caption": "The dashed line is the printed number.",
        "claims": ["aid-military", "aid-total"],
        "columns": {
            "short_name": "Name",
            "definition": "What is counted",
            "usd_bn": Column("USD bn", 2),
            "basis": "Basis",
        },
    }


def _combinations_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Of {s['combinations']} possible sums {s['near-rounded']} round to "
        f"{s['printed']} and {s['near']} come within {s['bare']} of it",
        "subtitle": f"Combinations of the Act’s {s['blocks']} military blocks by their sum, "
        f"billion US dollars, in steps of {count(BIN_USD_BN)}",
        "source": f"Source: {LAW}",
        "note": f"A number without a hedge may be off by {s['bare']}. The table lists these sums.",
        "alt": (
            f"Histogram of {s['combinations']} sums from {s['combinations-low']} to "
            f"{s['combinations-high']}. {s['near-rounded'].capitalize()} round to the printed "
            f"{s['printed']}, {s['near']} lie within {s['bare']} and {s['near-tenth']} within "
            f"{s['rough']} of it, so that a match by itself proves little."
        ),
        "caption": "Several sums lie near the printed number; no document was found that names "
        "one of them.",
        "claims": ["aid-military"],
        "columns": {
            "blocks": "Blocks added",
            "count": Column("Blocks", 0),
            "sum": Column("USD bn", 2),
        },
    }


def _window_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Into the new year is {s['ratio-new-year']} of the war so far; nearly half is "
        "mid-2025",
        "subtitle": "Time bought over the war so far, percent, by how far the aid was to last",
        "source": "Source: computed from dates; CSIS and the US State Department for the ends "
        "they name",
        "note": "The dots of a row and colour: counted from mid-May and from 3 June 2024.",
        "alt": (
            f"Dot plot of {s['readings']} readings. Counted from the invasion of 2022: "
            f"{s['ratio-new-year']} to 1 January 2025, {s['ratio-mid-year']} to the middle of the "
            f"year, {s['ratio-year-end']} to its end. Counted from 2014 none passes "
            f"{s['ratio-2014-high']}. A band marks what nearly half allows."
        ),
        "caption": f"Of {s['readings']} readings {s['readings-hold']} lies in the band, which is "
        f"nearly half; {s['readings-roughly']} more, just above it, holds roughly.",
        "claims": ["half-as-long", "aid-into-2025"],
        "columns": {
            "end": "The aid lasts to",
            "start": "War counted from",
            "now": "Spoken",
            "days_ahead": Column("Days ahead", 0),
            "days_of_war": Column("Days of war", 0),
            "ratio_pct": Column("Share, %", 1),
        },
    }


def _drawn_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"By the first day of autumn {s['drawn-autumn']} had been drawn from US shelves",
        "subtitle": "Announced under the Act, running total, billion US dollars, 24 April 2024 "
        "to 31 March 2025",
        "source": f"Source: {ANNOUNCEMENTS}",
        "note": "Announced is not delivered: drawdowns take days to months, contracts years.",
        "alt": (
            f"Stepped lines. Drawdowns reach {s['drawn-article']} by the article, "
            f"{s['drawn-autumn']} by 22 September 2024 and {s['drawn-end']} by January 2025, near "
            f"the cap of {s['cap']}. Contracts start at {s['contracts-article']} and reach "
            f"{s['contracts-autumn']} and {s['contracts-end']}."
        ),
        "caption": "Dashed lines: the article and the first day of autumn, 22 September 2024.",
        "claims": ["deliveries-unfinished", "just-started", "volume-increases"],
        "columns": {
            "announced": "Announced",
            "kind": "Kind",
            "cumulative_usd_bn": Column("Running total, USD bn", 2),
        },
    }


def _packages_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Drawdowns stopped for the winter of 2024, came back in April, ended in "
        "January 2025",
        "subtitle": "Drawdowns from US stocks announced by month, billion US dollars, 2022 to 2025",
        "source": f"Source: {ANNOUNCEMENTS}",
        "note": "At announced value; revaluation of stocks in 2023 and 2024 lowers the book value.",
        "alt": (
            "Bars by month. The highest is January 2023. None in January and February 2024, one "
            f"in March; the Act brings {s['pace-act']} a month to the article, "
            f"{s['pace-after']} a month after it to the start of September, and a peak in "
            "December 2024. None after January 2025."
        ),
        "caption": "Dashed lines: the article, and the inauguration of 20 January 2025.",
        "claims": ["volume-increases", "aid-fades", "just-started"],
        "columns": {
            "month": "Month",
            "drawdown_usd_bn": Column("Drawdowns, USD bn", 3),
            "usai_usd_bn": Column("Contracts (from Nov 2023), USD bn", 3),
        },
    }


def _stages_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"One Act: {s['act-total']} of law, {s['drawn-autumn']} off the shelves",
        "subtitle": "Totals that stood for the Act’s aid on 22 September 2024, billion US dollars",
        "source": f"Sources: {LAW}; {ANNOUNCEMENTS}; Congressional Budget Office, read at CRFB",
        "note": "Paid: forecast for 30 September 2024. No total of deliveries is published.",
        "alt": (
            f"Bars: the whole Act {s['act-total']}, its part for the Department of Defense "
            f"{s['defense']}, security assistance {s['security']}, the line for new arms "
            f"{s['usai']}, the drawdown cap {s['cap']}; announced by 22 September contracts of "
            f"{s['contracts-autumn']} and drawdowns of {s['drawn-autumn']}; paid {s['cbo']}."
        ),
        "caption": "Each bar is another part or another stage of the Act; they do not add up.",
        "claims": ["aid-total", "aid-military", "just-started", "deliveries-unfinished"],
        "columns": {"total": "Total", "stage": "Stage", "usd_bn": Column("USD bn", 1)},
    }


def _allocations_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "New American allocations of arms end in January 2025; Europe’s grow, unevenly",
        "subtitle": f"Military allocations by month, billion euros of the day, to {s['kiel-last']}",
        "source": f"Source: {tracker()}; months after {s['kiel-last']}: withdrawn draft of July "
        "2026",
        "note": "About then, known later: one release is held. Allocated means earmarked.",
        "alt": (
            "Bars by month in a row for each. United States: nought in January and February 2024, "
            f"a peak in April 2024, nought from February 2025. Europe: {s['europe-gap']} from "
            f"January to March 2024, {s['europe-after']} from February to November 2025, "
            f"with a peak in spring; in the draft {s['draft-june']} in June 2026."
        ),
        "caption": "Dashed lines: the article and the inauguration. Pale bars: the draft.",
        "claims": ["europe-aid", "aid-fades", "aid-despite-trump", "volume-increases"],
        "columns": {
            "month": "Month",
            "donor_group": "Donors",
            "military_eur_bn": Column("Military, EUR bn", 3),
            "state": "State",
        },
    }


def _running_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"From {s['crossing']} Europe had allocated more in arms than the United States",
        "subtitle": f"Military allocations since 2022, running total, billion euros, to "
        f"{s['kiel-last']}",
        "source": f"Source: {tracker()}",
        "note": "About then, known later. Europe: the EU, Britain, Norway, Switzerland, Iceland.",
        "alt": (
            "Rising lines, close together in 2024. The American line is flat from January "
            f"2025 at {s['us-total']}; the European crosses it in {s['crossing']} and reaches "
            f"{s['europe-total']}."
        ),
        "caption": "Dashed line: the article.",
        "claims": ["europe-aid", "aid-into-2025"],
        "columns": {
            "month": "End of month",
            "donor_group": "Donors",
            "cumulative_eur_bn": Column("Running total, EUR bn", 2),
        },
    }


def _real_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"In real terms {s['lowest-real']} brought less military aid than any year before",
        "subtitle": "Military allocations of all donors by year, billion euros",
        "source": f"Sources: {tracker()}; consumer prices of the euro area (Eurostat)",
        "note": "Hollow: euros of the day. Filled: consumer prices of 2025, not prices of arms.",
        "alt": (
            f"Dots by year, 2022 to 2025. In prices of 2025 the peak is {s['all-2023-real']} in "
            f"2023 ({s['all-2023']} in euros of the day); 2025 has {s['all-2025']}, "
            f"{s['all-fall']} below the mean of 2022 to 2024."
        ),
        "caption": "Europe’s rise did not make up for all that the United States no longer "
        "allocated.",
        "claims": ["aid-fades", "europe-aid"],
        "columns": {
            "year": "Year",
            "donor_group": "Donors",
            "nominal_eur_bn": Column("Euros of the day, bn", 1),
            "real_eur_bn": Column("Prices of 2025, bn", 1),
        },
    }


_FIGURES = {
    "aid-definitions": _definitions_figure,
    "aid-combinations": _combinations_figure,
    "aid-window": _window_figure,
    "aid-drawn": _drawn_figure,
    "aid-packages": _packages_figure,
    "aid-stages": _stages_figure,
    "aid-allocations": _allocations_figure,
    "aid-running": _running_figure,
    "aid-real": _real_figure,
}
