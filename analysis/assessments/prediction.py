"""Assessments of the claims about the record of prediction: what was foreseen, what was not."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis import forecasts, tables, territory, verdicts
from analysis.assessing import event_finding, evidence, proposition, reading, stated, value_of
from analysis.claims import ARTICLE_DATE, Assessment, Finding, Value, assessment, figure_finding
from analysis.formatting import day, number, percent
from analysis.hedges import allowed, critical_tolerance
from analysis.readings import Reading, Role, robustness

EVERY = "just about every"
LIST, SHEETS = "predictions", "prediction-codings"
INVASION = pd.Timestamp("2022-02-24")
# When the doubts of mid-2022 were printed (evidence rows fwt-cnn-wh-doubt, fwt-posen-july-2022).
MID_2022, END_2022 = pd.Timestamp("2022-07-08"), pd.Timestamp("2022-12-31")
# What the article's examples are about: the course of the war itself.
COURSE_OF_WAR = ("Russian success", "Ukrainian success", "early end", "no decision")


@cache
def coded(coding_pass: int) -> pd.DataFrame:
    """Return the list of predictions with the outcomes of one pass."""
    return forecasts.coded(tables.read(LIST), tables.read(SHEETS), coding_pass)


@cache
def due(coding_pass: int) -> pd.DataFrame:
    """Return the predictions that were made and due when the article appeared."""
    return forecasts.due_by(coded(coding_pass), ARTICLE_DATE)


@cache
def crowds(age_days: int = forecasts.CROWD_AGE_DAYS) -> pd.DataFrame:
    """Return all crowd questions; the markets of 2022 with their price at an age, in days."""
    return forecasts.questions(
        tables.read("crowd-events"),
        tables.read("crowd-markets-2022"),
        tables.read("crowd-contest-2023"),
        tables.read("crowd-questions-2024-2026"),
        tables.read("crowd-prices-2022"),
        age_days=age_days,
    )


def resolved(predictions: pd.DataFrame) -> pd.DataFrame:
    """Return the predictions whose outcome is known."""
    return predictions[predictions["outcome"] != "unresolved"]


# Just about every prediction -----------------------------------------------------------------


@assessment("predictions-wrong")
def predictions_wrong() -> Assessment:
    """Judge the universal by the exceptions that its own words allow."""
    found = predictions_readings()
    judged = verdicts.judge(found, EVERY, 1.0)
    primary, known = judged[0], exceptions()
    # The words allow exceptions: only more of them than roughly allowed refute the sentence.
    excess = known[exceptions_allowed() :]
    finding = Finding(
        proposition=proposition("predictions-wrong"),
        verdict=verdicts.universal(excess),
        readings=tuple(judged),
        robustness=robustness(judged),
        critical_tolerance=round(critical_tolerance(EVERY, 1.0, primary.value) or 0.0, 3),
        evidence_for=(
            "fwt-us-officials-96h",
            "fwt-metaculus-kyiv-april-peak",
            "fwt-petraeus-breakthroughs",
            "sup-riv-fa-breakthrough",
            "fwt-csis-analytic-failure-finding",
        ),
        evidence_against=(
            "fwt-milley-victory-not-high",
            "davis-2023-04-counteroffensive",
            "fwt-milley-measured-in-years",
            "fwt-leak-modest-gains",
            "fwt-metaculus-invasion-jan18",
        ),
        note=(
            f"The words roughly allow exceptions in {percent(1 - allowed(EVERY, 1.0)[1].low)} of "
            f"cases, {exceptions_allowed()} of {len(resolved(due(1)))}; the list has {len(known)} "
            "in both passes."
        ),
    )
    return Assessment(
        findings=(finding,),
        then=value_of(primary, date="2024-06-03"),
        now=_now(),
        reason=(
            f"Of {len(resolved(due(1)))} listed predictions due by then {_count('false')} had "
            f"failed, {_count('true')} had come true and {_count('partly')} in part: more "
            f"than the {exceptions_allowed()} exceptions that the words roughly allow."
        ),
        correction_direction="neutral",
        would_change=(
            f"At least {_needed()} further dated predictions from before June 2024, all of them "
            "failed and none of them true."
        ),
        weaker_form=_weaker(),
    )


def _count(outcome: str, coding_pass: int = 1) -> int:
    return int((due(coding_pass)["outcome"] == outcome).sum())


def exceptions() -> list[str]:
    """Predictions due by the article's date that came true in both passes."""
    true = [set(due(n).loc[due(n)["outcome"] == "true", "prediction_id"]) for n in (1, 2)]
    return sorted(true[0] & true[1])


def exceptions_allowed() -> int:
    """How many of the resolved predictions the words roughly allow to have come true."""
    floor = allowed(EVERY, 1.0)[1].low
    # Shares are written in decimals, so the product is rounded before it is cut.
    return int(round((1 - floor) * len(resolved(due(1))), 9))


def _needed() -> int:
    """Unseen failures that would lift the list to the rough lower end of the words."""
    floor = allowed(EVERY, 1.0)[1].low
    return forecasts.unseen_failures_needed(_count("false"), len(resolved(due(1))), floor)


def _now() -> Value:
    every = resolved(coded(1))
    return Value(
        value=round(forecasts.share_failed(every), 4),
        unit="share",
        text=f"failed, of {len(every)} resolved by 20 August 2026",
        date="2026-08-20",
        status="now",
        evidence=(LIST, SHEETS),
    )


def tally(
    column: str, value: str, outcome: str, *, until: pd.Timestamp | None = ARTICLE_DATE
) -> str:
    """Count one outcome among the resolved predictions of a kind, in both passes.

    Parameters
    ----------
    column, value : str
        The kind, for example ``"subject"`` and ``"Russian success"``.
    outcome : str
    until : Timestamp, optional
        Predictions made and due by this day; None for the whole list.

    Returns
    -------
    str
        As "17 of 20 (second pass 18 of 21)"; without the bracket where the passes agree.
    """
    found = []
    for coding_pass in forecasts.PASSES:
        table = coded(coding_pass) if until is None else due(coding_pass)
        part = resolved(table[table[column] == value])
        found.append(f"{int((part['outcome'] == outcome).sum())} of {len(part)}")
    first, second = found
    return first if first == second else f"{first} (second pass {second})"


def _weaker() -> str:
    return (
        f"The weaker form, that forecasts of a sharp change mostly failed, stands: "
        f"{tally('forecast_type', 'sharp change', 'false')} due; forecasts that nothing would "
        f"be decided mostly came true: {tally('subject', 'no decision', 'true')}."
    )


def predictions_readings() -> list[Reading]:
    """Every way to put a number on the share of predictions that had failed by June 2024."""
    course = due(1)[due(1)["subject"].isin(COURSE_OF_WAR)]
    sharp = due(1)[due(1)["forecast_type"] == "sharp change"]
    share = forecasts.share_failed
    return [
        _listed(
            "first pass, each prediction counts the same",
            share(due(1)),
            "List, first pass",
            role="primary",
            reason="the words are prediction and incorrect: each counts once, in part is not false",
        ),
        _listed(
            "second pass, each prediction counts the same",
            share(due(2)),
            "List, second pass",
            coding="second pass",
        ),
        _listed(
            "true in part counts as failed",
            share(due(1), partly="failed"),
            "Partly as failed",
            partly="failed",
        ),
        _listed(
            "each event counts the same", share(due(1), weight="event"), "By event", count="event"
        ),
        _listed(
            "second pass, each event counts the same",
            share(due(2), weight="event"),
            "By event, 2nd pass",
            count="event",
            coding="second pass",
        ),
        _listed("the course of the war only", share(course), "Course of the war", scope="course"),
        _crowd(
            "2022 markets",
            "Markets of 2022",
            ("crowd-prices-2022", "crowd-markets-2022"),
            f"after {forecasts.CROWD_AGE_DAYS} days of trade",
            "manifold",
        ),
        _crowd(
            "2023 contest",
            "Contest for 2023",
            ("crowd-contest-2023",),
            "mean answer",
            "crowd-contest-2023",
        ),
        _listed(
            "forecasts of a sharp change only",
            share(sharp),
            "Sharp change only",
            scope="sharp change",
            role="excluded",
            reason="the words are every prediction, and this leaves one kind out",
        ),
    ]


def _listed(
    name: str,
    value: float,
    short: str,
    *,
    count: str = "prediction",
    coding: str = "first pass",
    partly: str = "not failed",
    scope: str = "all",
    role: Role = "alternative",
    reason: str = "",
) -> Reading:
    levels = {"count": count, "coding": coding, "partly": partly, "scope": scope}
    return _share(f"collected list, {name}", value, short, levels, (LIST, SHEETS), role, reason)


def _crowd(census: str, short: str, ids: tuple[str, ...], when: str, origin_id: str) -> Reading:
    part = crowds()[crowds()["census"] == census]
    levels = {"count": "question", "coding": "platform", "partly": "none", "scope": census}
    name = f"{short.lower()}, {when}: share of questions on the wrong side of even odds"
    found = _share(name, forecasts.wrong_side(part), short, levels, (*ids, "crowd-events"))
    return found.model_copy(update={"origin_id": origin_id})


def _share(
    name: str,
    value: float,
    short: str,
    levels: dict[str, str],
    ids: tuple[str, ...],
    role: Role = "alternative",
    reason: str = "",
) -> Reading:
    return Reading(
        name=name,
        levels={"source": short, **levels},
        value=value,
        unit="share",
        origin_id="position-of-strength",
        evidence=ids,
        status="about then, known later",
        role=role,
        reason=reason,
    )


# The article's examples ----------------------------------------------------------------------


@assessment("milley-72h")
def milley_72h() -> Assessment:
    """When the briefing was, and what is reported of it."""
    found = milley_date_readings()
    report = "fwt-milley-72h-hours"
    return Assessment(
        findings=(
            figure_finding("milley-72h", found, component="date", printed=21.0),
            event_finding(
                "milley-72h",
                [report, "fwt-milley-72h-first-report"],
                component="content",
                note=(
                    "Reported by one broadcaster from unnamed members of Congress: a full-scale "
                    "invasion could result in the fall of the city; the article writes would."
                ),
            ),
        ),
        then=stated(
            f"closed briefings on 2 and 3 February 2022, {number(found[0].value)} days before "
            "the invasion; could, not would",
            date="2022-02-02",
            status="known then",
            evidence=(report, "fwt-milley-72h-first-report"),
        ),
        reason=(
            f"The briefings were {number(found[0].low or 0)} to {number(found[0].value)} days "
            "before the invasion; the words rest on one second-hand report, which says could "
            "and sets a condition."
        ),
        would_change="The text of the briefing, or a second witness of it.",
    )


def milley_date_readings() -> list[Reading]:
    """Days from the briefing, or from its first report, to the invasion."""
    briefing, report = "fwt-milley-72h-briefing-date", "fwt-milley-72h-first-report"
    rows = evidence([briefing, "fwt-milley-72h-hours", report])
    days = (INVASION - rows["as_of"]).dt.days
    return [
        reading(
            "closed briefings of 2 and 3 February 2022",
            float(days["fwt-milley-72h-hours"]),
            "days",
            ["fwt-milley-72h-hours", briefing],
            levels={"source": "briefings"},
            low=float(rows["low"].loc[briefing]),
            high=float(rows["high"].loc[briefing]),
            role="primary",
            reason="the day on which the words were said",
            known="known then",
        ),
        reading(
            "first report, by Fox News on 5 February 2022",
            float(days[report]),
            "days",
            [report],
            levels={"source": "first report"},
        ),
    ]


@assessment("milley-lost")
def milley_lost() -> Assessment:
    """The words of Brussels, and when they were first used."""
    first, said, briefed = evidence(
        ["fwt-milley-lost-first-use", "fwt-milley-lost-brussels", "fwt-milley-72h-briefing-date"]
    )["as_of"]
    later = (said - briefed).days
    return Assessment(
        findings=(
            event_finding(
                "milley-lost",
                ["fwt-milley-lost-brussels", "fwt-milley-lost-cnn"],
                note=f"He had used the same words on {day(first)}.",
            ),
        ),
        then=stated(
            f"said in Brussels on 14 February 2023; first on {day(first)}",
            date="2023-02-14",
            status="known then",
            evidence=("fwt-milley-lost-brussels", "fwt-milley-lost-first-use"),
        ),
        reason=(
            f"Reuters and CNN heard the words in Brussels on {day(said)}, {number(later)} days "
            f"after the first of the briefings; he had used them before, on {day(first)}."
        ),
        would_change="Nothing foreseeable: the words were said in public.",
    )


@assessment("milley-missed")
def milley_missed() -> Assessment:
    """What became of the two statements."""
    statement = outcomes_of("milley-russia-has-lost")
    gains = evidence(["afp-2023-total-584", "isw-jan-may-2024-752"])["value"]
    return Assessment(
        findings=(
            event_finding(
                "milley-missed",
                ["regain-war-mapper-april-2022", "land-north-uk-mod"],
                ["fwt-milley-72h-hours", "fwt-milley-72h-first-report"],
                component="kyiv",
                measured=("crowd-markets-2022",),
                note=(
                    "Kyiv was not taken; but the report has him say that it could fall in a "
                    "full-scale invasion, and what could happen is not missed when it does not."
                ),
            ),
            event_finding(
                "milley-missed",
                ["afp-2023-total-584", "isw-jan-may-2024-752"],
                ["menon-2024-02-already-lost"],
                component="lost",
                note=(
                    f"The first pass codes the statement of 2023 as {statement[0]} true, the "
                    f"second as {statement[1]}: aims of 2022 were lost, ground was gained after."
                ),
            ),
        ),
        then=Value(
            value=float(gains.sum()),
            unit="km2",
            text="gained by Russian forces from January 2023 to May 2024",
            date="2024-05-31",
            status="about then, known later",
            evidence=("afp-2023-total-584", "isw-jan-may-2024-752"),
        ),
        reason=(
            "Kyiv was not taken, and he is reported to have said that it could be, not that it "
            "would; whether Russia had lost by February 2023 depends on whether the "
            "aims of 2022 or the ground held after is meant, and in February 2024 the article's "
            "author himself published under a title that says that the Russian side had lost."
        ),
        error_type="definition",
        correction_direction="hurts",
        would_change=(
            "The text of the briefing with the word would; a statement by the article of what "
            "losing means."
        ),
    )


def outcomes_of(prediction_id: str) -> tuple[str, str]:
    """Return the outcomes of one prediction in the first and the second pass."""
    found = [coded(n).set_index("prediction_id").loc[prediction_id, "outcome"] for n in (1, 2)]
    return str(found[0]), str(found[1])


@assessment("no-muscle")
def no_muscle() -> Assessment:
    """Dated doubts of 2022 and what they doubted."""
    kept = kept_of_mid_2022()
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("no-muscle"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=(
                    "fwt-cnn-wh-doubt",
                    "fwt-posen-july-2022",
                    "fwt-nbc-doubters-aug-2022",
                ),
                evidence_against=("fwt-north-left-april-2022",),
                note=(
                    "CNN in June doubted that all land would come back, and hoped for large parts "
                    "in the same year; Foreign Affairs in July doubted most of it; NBC in August "
                    "doubted the offensive on Kherson."
                ),
            ),
        ),
        then=Value(
            value=round(kept, 4),
            unit="share",
            text="of the ground taken since February 2022 and held on 8 July 2022 Russian "
            "forces still controlled at the year's end (ISW layers)",
            date="2022-12-31",
            status="about then, known later",
            evidence=("isw-control-2022", "isw-layers-daily"),
        ),
        reason=(
            f"Such doubts were printed in summer 2022, but Russian forces kept {percent(kept)} of "
            "what they held in July to the end of the year, so that the doubt about most of it "
            "was not refuted."
        ),
        would_change="A count of what was printed in mid-2022, and not a handful of texts.",
    )


def kept_of_mid_2022() -> float:
    """Share of the ground taken since February 2022 and held in July that was kept in 2022."""
    series = territory.isw_control(tables.read("isw-control-2022"), tables.read("isw-layers-daily"))
    then, after = (
        territory.level_km2(series, moment.date(), value="area_km2", max_gap_days=None)
        - territory.HELD_BEFORE_2022_KM2
        for moment in (MID_2022, END_2022)
    )
    return after / then


@assessment("camp-confident")
def camp_confident() -> Assessment:
    """How sure the named pieces are of a Russian victory."""
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("camp-confident"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=("call-quincy-2024-02", "marcetic-2024-05-losing", LIST),
                evidence_against=(
                    "beebe-lieven-2024-02-undermine",
                    "lieven-beebe-2024-01-80",
                    "haynes-2023-06-devastated",
                ),
                note=(
                    "The same paper says that the trend runs to Ukraine's eventual collapse and "
                    "that Russia cannot conquer most of Ukraine."
                ),
            ),
        ),
        reason=(
            "Some of those who called for talks foresaw collapse or defeat without a date, and "
            "others, at times the same, wrote that Russia could not conquer most of Ukraine."
        ),
        would_change="A count of all pieces that called for talks, coded for stated confidence.",
    )
