"""Numbers and figure texts of the chapter on the terms on the table."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from analysis import claims, tables, terms, territory
from analysis.assessing import evidence
from analysis.assessments import terms_on_the_table as judged
from analysis.book import Column, colour
from analysis.formatting import are, area, between, count, day, number, percent, things

ARTICLE, WINDOW_END = claims.ARTICLE_DATE, claims.WINDOW_END
SOURCE = "Sources: published texts and press reports, coded for this book"
BESIDE_SOURCE = (
    f"{SOURCE}; ISW areas by The Economist, War Mapper, DeepState maps; Oryx; Kiel Institute"
)
# Colours and words of the changes, in the order of `analysis.terms.CHANGES`.
TONES = [colour(name) for name in ("stands", "split", "unknown", "falls")]
BLOCK_NAMES = {
    "territory": "Territory",
    "security": "Security",
    "state": "State",
    "economy_justice": "Money and justice",
    "procedure": "Procedure",
}
LINE_NAMES = {
    0: f"{count(len(territory.ANNEXED)).capitalize()} regions go",
    1: "Donbas goes",
    2: "Freeze",
    3: "Back to Feb 2022",
    4: "All land back",
}
SIDES = ["Russia", "Ukraine", "United States"]
SIDE_TONES = [colour(name) for name in ("russia", "ukraine", "neutral")]
CODE_TONES = [colour(f"scale-{step}") for step in (6, 5, 4, 2, 1)]
SIGNS = ["better", "not worse", "either", "not better", "worse"]
SIGN_TONES = [colour(name) for name in ("stands", "nearly", "split", "unknown", "falls")]
FIRST, LAST = judged.PUBLIC, judged.POINTS_28


@cache
def pairs_total() -> int:
    """Return how many pairs of papers speak of at least one thing in common."""
    return terms.pairs("both").drop_duplicates(["from_id", "to_id"]).shape[0]


@cache
def agreement() -> pd.DataFrame:
    """Return the agreement of the two passes, with labels for the chart."""
    found = terms.agreement(tables.read("terms-codes"))
    found["label"] = [*terms.labels(), "All terms"]
    shown = 100 * found[["share", "share_low", "share_high"]]
    return found.assign(share_pct=shown["share"], low_pct=shown["share_low"],
                        high_pct=shown["share_high"])  # fmt: skip


@cache
def lookup() -> pd.DataFrame:
    """Return the changes between all pairs, sure only where both codings are."""
    return terms.lookup("both").replace({"block": BLOCK_NAMES})


def slider_labels() -> list[str]:
    """Return day and name of each set of terms, in order of time."""
    return [
        f"{terms.said_day(row['date'], row['date_precision'])}: {row['label']}"
        for row in terms.papers().to_dict("records")
    ]


@cache
def default_pair() -> pd.DataFrame:
    """Return the comparison that the still picture shows, as a table."""
    moves = terms.movement(FIRST, LAST, "both").replace({"block": BLOCK_NAMES})
    ranges = {f"range{end}": terms.as_ranges(moves, end) for end in ("_from", "_to")}
    return moves.assign(**ranges)


@cache
def line() -> pd.DataFrame:
    """Return the terms on the line of control, with codes in words."""
    found = terms.line_of_control()
    words = {f"{name}_said": found[name].map(LINE_NAMES) for name in ("code", "low", "high")}
    return found.assign(**words)


def _line_code(paper: str) -> str:
    """Return the code of a paper on the line of control."""
    return number(line().set_index("proposal_id")["code"][paper])


@cache
def held() -> pd.DataFrame:
    """Return the share held by day and tracker, weekly, with gaps."""
    found = territory.control_through_time(terms.trackers())
    return found[found.groupby("segment").cumcount() % 7 == 0]


@cache
def cases() -> pd.DataFrame:
    """Return the later papers beside the public list and beside the American paper."""
    later = list(judged.LATER)
    return pd.concat([terms.against(base, later) for base in (judged.PUBLIC, judged.KELLOGG)])


@cache
def bounds() -> pd.DataFrame:
    """Return the bounds of the unobserved settlement from June 2024 to the end of the window."""
    return terms.bounds(judged.ARTICLE, judged.END, "both")


def papers_to_choose() -> list[alt.Parameter]:
    """Return the two lists of papers from which a reader takes a pair."""
    labels = slider_labels()
    return [
        alt.param(
            name=name,
            value=terms.step(paper),
            bind=alt.binding_select(options=list(range(len(labels))), labels=labels, name=head),
        )
        for name, head, paper in (("earlier", "From", FIRST), ("later", "To", LAST))
    ]


@cache
def every_pair() -> pd.DataFrame:
    """Return the changes of every pair, for download."""
    words = {"better for sure": "better", "worse for sure": "worse"}
    return terms.all_pairs().replace(words)


def _pair_columns() -> dict[str, str]:
    ends = {"from_paper": "From", "from_date": "Of", "to_paper": "To", "to_date": "Of (to)"}
    items = dict(zip(terms.DIMENSIONS, terms.labels(), strict=True))
    return ends | {"kind": "Movement or distance"} | items


def _net(a: str, b: str, coder: terms.Coder = "both") -> dict[str, str]:
    return _said(terms.count(a, b, coder))


def _said(found: pd.Series[int]) -> dict[str, str]:
    """Write the counts of one comparison: bare, as items, and as the subject of a sentence."""
    better, worse = int(found["better for sure"]), int(found["worse for sure"])
    return {
        "better": count(better),
        "better-alone": count(better) if better else "none",
        "better-are": are(better),
        "better-items": things(better, "item"),
        "worse": count(worse),
        "worse-alone": count(worse) if worse else "none",
        "worse-are": are(worse),
        "worse-items": things(worse, "item"),
        "of": count(int(found["common"])),
        "unsure": count(int(found["unsure"])),
    }


PAIRS = {
    "drafts": ("ru-2022-03-07", judged.DRAFT_RU),
    "april-list": (judged.DRAFT_RU, judged.PUBLIC),
    "list-memo": (judged.PUBLIC, judged.MEMORANDUM),
    "list-anchorage": (judged.PUBLIC, judged.ANCHORAGE),
    "list-28": (judged.PUBLIC, judged.POINTS_28),
    "list-20": (judged.PUBLIC, judged.POINTS_20),
    "list-answer": (judged.PUBLIC, judged.ANSWER_20),
    "kellogg-28": (judged.KELLOGG, judged.POINTS_28),
    "kellogg-20": (judged.KELLOGG, judged.POINTS_20),
    "april-ua-28": (judged.DRAFT_UA, judged.POINTS_28),
    "april-ua-20": (judged.DRAFT_UA, judged.POINTS_20),
    "28-20": (judged.POINTS_28, judged.POINTS_20),
    "istanbul-formula": ("ua-2022-03-29", "ua-2022-11-15"),
    "formula-memo": ("ua-2022-11-15", "ua-2025-06-02"),
}


def _pairs() -> dict[str, str]:
    return {
        f"{name}-{key}": text for name, (a, b) in PAIRS.items() for key, text in _net(a, b).items()
    }


def _blocks() -> dict[str, str]:
    april = terms.movement(judged.DRAFT_RU, judged.PUBLIC, "first")
    rise = april[(april["code_to"] > april["code_from"]) & (april["block"] == "security")]
    caps = rise[rise["dimension"].isin(terms.CAPS)]
    sure = terms.count_by_block(april)["better for sure"]
    to_28 = terms.count_by_block(terms.movement(judged.PUBLIC, LAST, "both"))["better for sure"]
    return {
        "vague-rise": count(len(rise)),
        "vague-caps": count(len(caps)),
        "vague-sure-are": are(int(sure["security"])),
        "first-better": _net(FIRST, LAST, "first")["better"],
        "second-better": _net(FIRST, LAST, "second")["better"],
        "default-territory": count(int(to_28["territory"])),
        "default-rest": count(int(to_28.sum() - to_28["territory"])),
    }


def _agreement() -> dict[str, str]:
    found = {str(row["dimension"]): row for row in agreement().to_dict("records")}
    whole, eu = found.pop("all"), found["eu_membership"]
    codes = tables.read("terms-codes")
    return {
        "terms": number(int(whole["terms"])),
        "agreed": number(int(whole["agreed"])),
        "agree-share": percent(whole["share"]),
        "agree-low": percent(whole["share_low"]),
        "agree-high": percent(whole["share_high"]),
        "kappa": number(whole["kappa"], 2),
        "kappa-low": number(whole["kappa_low"], 2),
        "kappa-high": number(whole["kappa_high"], 2),
        "kappa-eu": number(eu["kappa"], 2),
        "kappa-eu-low": number(eu["kappa_low"], 2),
        "eu-agreed": count(int(eu["agreed"])),
        "eu-terms": number(int(eu["terms"])),
        "perfect": count(sum(row["agreed"] == row["terms"] for row in found.values())),
        "dimensions": number(len(found)),
        "inside": percent(terms.inside_first_range(codes)),
        "codes-high": percent((codes["confidence"] == "high").mean()),
    }


def _window() -> dict[str, str]:
    us, ru, ua = (
        terms.window(line, judged.ARTICLE, judged.END)
        for line in ("United States", "Russia", "Ukraine")
    )
    early, late = judged.ends_allowed()
    bounded = bounds()
    signs = bounded["sign"].value_counts()
    sure = int(signs.get("better", 0) + signs.get("worse", 0))
    lines = {"us": us, "ru": ru, "ua": ua}
    found = {
        f"{line}-{key}": text
        for line, counts in lines.items()
        for key, text in _said(counts).items()
    }
    return found | {
        "end-early": day(early),
        "end-late": day(late),
        "outcome-early": judged.charitable(early),
        "outcome-late": judged.charitable(late),
        "outcome-russia": judged.charitable(lines=("Russia",)),
        "outcome": judged.charitable(),
        "literal": judged.literal(),
        "bounds-sure": count(sure) if sure else "none",
        "bounds-low": count(int(-bounded["low"].median())),
        "bounds-high": count(int(bounded["high"].median())),
        "bounds-either": count(int(signs.get("either", 0))),
        "front": area(judged.front_km2()),
    }


def _ground() -> dict[str, str]:
    rows = {str(row["proposal_id"]): row for row in terms.ground().to_dict("records")}
    at = {
        "peak": "ua-2022-03-29",
        "april": judged.DRAFT_RU,
        "kharkiv": "ru-2022-09-30",
        "memo": judged.MEMORANDUM,
        "anchorage": judged.ANCHORAGE,
        "mid-2026": "ru-2026-06-23",
        "list": FIRST,
        "28": LAST,
    }
    land = {name: rows[paper] for name, paper in at.items()}
    words = {f"held-{name}": f"{number(row['held_pct'], 1)}\u202f%" for name, row in land.items()}
    words |= {
        f"gain-{name}": area(abs(land[name]["gain_90_km2"]))
        for name in ("kharkiv", "memo", "anchorage", "mid-2026")
    }
    since = {
        name: number(land["28"][name] - land["list"][name])
        for name in ("lost_russia", "lost_ukraine", "aid_eur_bn")
    }
    return words | {
        "lost-russia": since["lost_russia"],
        "lost-ukraine": since["lost_ukraine"],
        "aid-between": since["aid_eur_bn"],
    }


CAPPED = {
    "first": "ru-2022-03-07",
    "april": judged.DRAFT_RU,
    "april-ua": judged.DRAFT_UA,
    "28": judged.POINTS_28,
    "20": judged.POINTS_20,
}


def _days(paper: str) -> int:
    """Days between the article and a set of terms."""
    date = pd.Timestamp(terms.papers()["date"].to_list()[terms.step(paper)])
    return abs(int((date - ARTICLE).days))


def _counts() -> dict[str, str]:
    found = terms.papers()
    best, _, items = judged.spread()
    apart = judged.best_by_block()
    variants = judged.variants().drop_duplicates("proposal_id")
    series = terms.papers().set_index("proposal_id")["series"]
    own = variants[variants["proposal_id"].map(series) == "Russia"]["better"]
    caps = terms.caps()
    limits = caps.set_index("step")["limit_persons"]
    sources = evidence(["reuters-2024-05-freeze-sources"])["value"].iloc[0]
    return {
        "sources": count(int(sources)),
        "leak-days": count(_days(judged.LEAK)),
        "list-days": count(_days(judged.PUBLIC)),
        **{
            f"cap-{name}": number(float(limits.loc[terms.step(paper)]))
            for name, paper in CAPPED.items()
        },
        "papers": number(len(found)),
        "leaked": number(int((found["status"] == "leaked").sum())),
        "weak": count(int(found["weak"].sum())),
        "silent": percent(1 - len(terms.coded()) / (len(found) * len(terms.DIMENSIONS))),
        "pairs": number(pairs_total()),
        "variants": number(len(variants)),
        "variants-least": count(int(judged.variants().groupby("proposal_id")["items"].sum().min())),
        "best-variant": best,
        "best-items": count(items),
        "best-land": count(int(apart["territory"])),
        "best-rest": count(int(apart.sum() - apart["territory"])),
        "best-own": count(int(own.max())),
        "caps": number(len(caps)),
        "caps-vague": count(int((caps["said"] == "no number").sum())),
        **_cap_codes(),
        **_nato(),
        "last-day": day(found["date"].max()),
        "first-day": day(found["date"].min()),
    }


def _cap_codes() -> dict[str, str]:
    """Return the codes of the papers on the size of the army."""
    caps = terms.caps()
    at = caps.set_index("step")["code"]
    vague = caps[caps["said"] == "no number"]
    free = caps.loc[caps["said"] == "no limit", "code"]
    return {
        **{f"code-{name}": number(at.loc[terms.step(CAPPED[name])]) for name in CAPPED},
        "code-vague": number(vague["code"].mode().iloc[0]),
        "code-vague-range": between(number(vague["low"].min()), number(vague["high"].max())),
        "code-no-limit": between(number(free.min()), number(free.max())),
    }


def _nato() -> dict[str, str]:
    """Return how many Russian papers speak of NATO, and how many with the lowest code."""
    codes = terms.coded()
    own = codes[codes["series"] == "Russia"]
    spoken = own[own["dimension"] == "alignment_nato"]
    return {
        "nato-papers": number(own["proposal_id"].nunique()),
        "nato-codes": between(number(spoken["code"].min()), number(spoken["code"].max())),
        "nato-spoken": count(len(spoken)),
        "nato-lowest": count(int((spoken["code"] == 0).sum())),
    }


@cache
def strings() -> dict[str, str]:
    """Return every number of the chapter's prose as a finished string, by name."""
    parts = (_counts(), _agreement(), _pairs(), _blocks(), _window(), _ground())
    return {name: text for part in parts for name, text in part.items()}


def figure_texts(figure_id: str) -> dict[str, Any]:
    """Return title, subtitle, source, alternative text and the rest of one figure.

    Raises
    ------
    KeyError
        No such figure in this chapter.
    """
    return {"id": figure_id, **_FIGURES[figure_id]()}


def _moves() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Russian terms moved on land and stood still on NATO; Ukrainian terms came down "
        "on land",
        "subtitle": "Code of each term, 0 worst to 4 best for Ukraine’s declared aims; "
        "a blank is silence",
        "source": SOURCE,
        "note": "First coding. Columns are papers in order of time, not evenly spaced dates.",
        "alt": (
            "A grid of codes for each side. Russian papers from March 2022 to June 2026: the line "
            f"of control goes from {_line_code('ru-2022-03-07')} to {_line_code(judged.DRAFT_RU)} "
            f"in April 2022, to {_line_code('ru-2024-02')} in the feelers, to "
            f"{_line_code(judged.PUBLIC)} in June 2024 and to {_line_code(judged.ANCHORAGE)} from "
            f"August 2025; NATO is {s['nato-codes']} throughout. Ukrainian papers: the line of "
            f"control goes from {_line_code('ua-2022-03-29')} to {_line_code('ua-2022-11-15')} in "
            f"late 2022 and to {_line_code('ua-2024-11-29')} from November 2024. "
            f"In all {s['silent']} of the cells of all papers are blank."
        ),
        "caption": "0 is near Russia’s aims, 4 near Ukraine’s; the shade follows the number.",
        "claims": ["eighteen-months"],
        "columns": {
            "date": "Date",
            "paper": "Paper",
            "label": "Dimension",
            "code": "Code",
            "low": "Lowest",
            "high": "Highest",
        },
    }


def _agreement_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Both codings agree on {s['agree-share']} of the terms; the second pass was "
        "not wholly blind",
        "subtitle": "Terms coded alike in both passes, percent, with exact 95 percent intervals",
        "source": "Source: both codings, made for this book",
        "note": "The second pass knew the scale’s direction and the proposer; agreement is "
        "flattered.",
        "alt": (
            f"Dot plot by dimension: {s['perfect']} of {s['dimensions']} dimensions have full "
            f"agreement; membership of the European Union has the least, {s['eu-agreed']} of "
            f"{s['eu-terms']}; all terms together {s['agree-share']}."
        ),
        "caption": "Wide intervals stand where few papers speak. Weighted kappa is in the table.",
        "claims": ["eighteen-months", "partition-variants"],
        "columns": {
            "label": "Dimension",
            "terms": "Terms",
            "agreed": "Coded alike",
            "share_pct": Column("Alike, %", 0),
            "low_pct": Column("Low, %", 0),
            "high_pct": Column("High, %", 0),
            "kappa": Column("Weighted kappa", 2),
            "kappa_low": Column("Kappa, low", 2),
            "kappa_high": Column("Kappa, high", 2),
        },
    }


def _caps_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"A limit without a number is coded above one of {s['cap-april']}",
        "subtitle": "Size of the army in each paper: code (dot), codes that the words allow (line) "
        "and the number named",
        "source": SOURCE,
        "note": "A vague demand could end as any number; its code is a middle, not a concession.",
        "alt": (
            f"Dot plot of {s['caps']} papers in order of time. Drafts that name {s['cap-first']} "
            f"and {s['cap-april']} are coded {s['code-april']}; {s['caps-vague']} papers without a "
            f"number are coded mostly {s['code-vague']}, with ranges from {s['code-vague-range']}; "
            f"{s['cap-28']} is coded {s['code-28']}, {s['cap-20']} is coded {s['code-20']}, no "
            f"limit {s['code-no-limit']}."
        ),
        "caption": "Follow the Russian papers downward: the dot rises when the number disappears.",
        "claims": ["eighteen-months"],
        "columns": {
            "date": "Date",
            "paper": "Paper",
            "said": "Number named",
            "code": "Code",
            "low": "Lowest",
            "high": "Highest",
        },
    }


def _pick() -> dict[str, Any]:
    s = strings()
    first, last = (slider_labels()[terms.step(name)] for name in (FIRST, LAST))
    return {
        "title": f"From the public list to the 28 points {s['list-28-better']} items got better "
        "for sure; other pairs say otherwise",
        "subtitle": "A pair of sets of terms compared on what both speak of; the still picture "
        "shows the default pair",
        "source": BESIDE_SOURCE,
        "note": "Sure only if the ranges of both codings do not meet. War Mapper’s share is of "
        "the nearest end of month; losses are confirmed ones; aid is military, all donors.",
        "alt": (
            f"From {first} to {last}: {s['list-28-better']} items better for sure, "
            f"{s['list-28-worse-alone']} worse for sure, {s['list-28-unsure']} unsure, of "
            f"{s['list-28-of']}. Bars by block, then every dimension with its codes, then land, "
            f"losses and aid at both dates: land held {s['held-list']} and {s['held-28']}, "
            "each tracker by itself."
        ),
        "caption": "Choose any pair of papers. From one line of terms it shows movement, from "
        "different lines a distance.",
        "claims": ["eighteen-months", "partition-variants"],
        "columns": {
            "label": "Dimension",
            "block": "Block",
            "range_from": "Codes, list of June 2024",
            "range_to": "Codes, 28 points",
            "change": "Change",
        },
        "every_columns": _pair_columns(),
    }


def _ground_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "Terms on land moved both with the front and against it",
        "subtitle": "Share of Ukraine held by Russian forces, percent (above); terms on the line "
        "of control with the codes their words allow (below)",
        "source": f"{SOURCE}; ISW areas by The Economist; DeepState maps",
        "note": "Levels of different trackers are not to be compared. First coding.",
        "alt": (
            f"Panels on one time axis. Above: the share held falls from {s['held-peak']} in "
            f"March 2022 to {s['held-april']} in mid-April 2022 and rises on the DeepState maps "
            f"to {s['held-mid-2026']} by June 2026. Below: Russian terms at code "
            f"{_line_code(judged.DRAFT_RU)} in April 2022, {_line_code('ru-2024-02')} in early "
            f"2024, {_line_code(judged.PUBLIC)} from June 2024, {_line_code(judged.ANCHORAGE)} "
            f"from August 2025; Ukrainian terms fall from {_line_code('ua-2024-10-16')} to "
            f"{_line_code('ua-2024-11-29')} in November 2024; American terms fall from "
            f"{_line_code('us-2025-08-onet')} to {_line_code(LAST)} in November 2025."
        ),
        "caption": "The shaded window is the article’s eighteen months.",
        "claims": ["eighteen-months"],
        "columns": {
            "date": "Date",
            "paper": "Paper",
            "series": "Whose",
            "code": "Code",
            "low": "Lowest",
            "high": "Highest",
            "held_pct": Column("Held, %", 1),
            "tracker": "Tracker",
        },
    }


def _variants_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"Papers that leave Russia the line differ by up to {s['best-items']} items",
        "subtitle": "Items of each paper beside the Russian memorandum of June 2025, by change",
        "source": SOURCE,
        "note": f"Papers with at least {s['variants-least']} common items. Nothing here has been "
        "agreed or kept.",
        "alt": (
            f"Stacked bars for {s['variants']} papers, sorted. Russian papers have at most "
            f"{s['best-own']} items better for sure than the memorandum; {s['best-variant']} has "
            f"{s['best-items']}; none of the papers has more items worse than better."
        ),
        "caption": "At the top the papers best for Ukraine; the Russian ones are at the bottom.",
        "claims": ["partition-variants"],
        "columns": {
            "paper": "Paper",
            "change": "Change",
            "items": "Items",
            "better": "Better less worse",
        },
    }


def _bounds_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": f"For {s['bounds-sure']} of {s['dimensions']} items can it be said that a "
        "settlement would have got better or worse",
        "subtitle": "Least and most that a settlement could have changed, June 2024 to "
        "December 2025, in codes",
        "source": SOURCE,
        "note": "Assumes only that a settlement lies between what Russia and Ukraine asked for.",
        "alt": (
            f"Bars from least to most change for {s['dimensions']} dimensions, the middle "
            f"one from {s['bounds-low']} codes worse to {s['bounds-high']} better. In "
            f"{s['bounds-either']} the bar "
            "reaches from worse to better."
        ),
        "caption": "A bar that crosses the line allows both answers.",
        "claims": ["eighteen-months"],
        "columns": {
            "label": "Dimension",
            "then_low": "Then, lowest",
            "then_high": "Then, highest",
            "now_low": "End, lowest",
            "now_high": "End, highest",
            "low": "Least change",
            "high": "Most change",
            "sign": "Change",
        },
    }


def _cases_figure() -> dict[str, Any]:
    s = strings()
    return {
        "title": "From Russia’s public list most sure changes are for the better, from the "
        "Kellogg–Fleitz paper for the worse",
        "subtitle": f"Common items of {count(len(judged.LATER))} later papers by change, from "
        "either paper that may have been the offer of June 2024",
        "source": SOURCE,
        "note": "Sure only where both codings are. First panel: for waiting; second: for talks.",
        "alt": (
            f"Panels of bars. From the public list the 28 points have {s['list-28-better']} "
            f"items better and {s['list-28-worse-alone']} worse for sure; the 20 points "
            f"{s['list-20-better-alone']} and {s['list-20-worse-alone']}. From the Kellogg–Fleitz "
            f"paper, nobody’s offer, the 28 points have {s['kellogg-28-better-alone']} better and "
            f"{s['kellogg-28-worse-alone']} worse; the 20 points {s['kellogg-20-better-alone']} "
            f"and {s['kellogg-20-worse-alone']}."
        ),
        "caption": "Same later papers, same scale, another starting point. The Kellogg–Fleitz "
        "paper was a private one, and nobody’s offer when the article appeared.",
        "claims": ["eighteen-months", "partition-variants"],
        "columns": {
            "reference": "From",
            "paper": "To",
            "change": "Change",
            "items": "Items",
        },
    }


_FIGURES = {
    "terms-moves": _moves,
    "terms-agreement": _agreement_figure,
    "terms-caps": _caps_figure,
    "terms-pick": _pick,
    "terms-ground": _ground_figure,
    "terms-variants": _variants_figure,
    "terms-bounds": _bounds_figure,
    "terms-cases": _cases_figure,
}
