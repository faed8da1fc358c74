"""The front and the outcome: who could win, where the line would stand, what would hold."""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from analysis import calls, firepower, hindsight, tables, territory, verdicts
from analysis.assessing import evidence, stated
from analysis.claims import WINDOW_END, Assessment, Finding, Value
from analysis.counterclaims import counterclaim, proposition
from analysis.formatting import area, count, day, number, percent, span

MAPS, ISW_2022, ISW_DAILY = "deepstate-daily-total", "isw-control-2022", "isw-layers-daily"
CHANGES = "territory-published-changes"
END_2022 = date(2022, 12, 31)
POSEN = date(2022, 7, 8)
# Of a province that is won, Russian forces hold at least this share.
SUBDUED_SHARE = 0.9
# The span over which the worst loss is looked for.
COLLAPSE_DAYS = 30


@cache
def isw() -> pd.DataFrame:
    """Return the area under assessed Russian control, ISW."""
    return territory.isw_control(tables.read(ISW_2022), tables.read(ISW_DAILY))


def isw_km2(when: date) -> float:
    """Return the area under Russian control on a day, ISW."""
    return territory.level_km2(isw(), when, value="area_km2", max_gap_days=None)


def maps_km2(when: date) -> float:
    """Return the area occupied on a day, DeepState maps."""
    return territory.level_km2(tables.read(MAPS), when)


def share(km2: float) -> float:
    """Return an area as a share of Ukraine, 0 to 1."""
    return km2 / territory.UKRAINE_KM2


def last_day() -> date:
    """Return the last day of the maps."""
    last: date = tables.read(MAPS)["date"].max().date()
    return last


def tracker_gap() -> str:
    """Return how far ISW's published levels lie from the maps of the same days, in points."""
    levels = territory.published_levels(tables.read("territory-published-totals"))
    gap = territory.largest_level_gap_km2(levels, tables.read(MAPS))
    return number(100 * share(gap), 1)


def held_now() -> Value:
    """Return the share of Ukraine held on the last map."""
    return Value(
        value=round(100 * share(maps_km2(last_day())), 2),
        unit="percent of Ukraine",
        text="held by Russian forces, DeepState maps",
        date=str(last_day()),
        status="now",
        evidence=(MAPS,),
    )


def held_then(when: date) -> Value:
    """Return the share of Ukraine held on a day of 2022 or 2023."""
    return Value(
        value=round(100 * share(isw_km2(when)), 2),
        unit="percent of Ukraine",
        text="under Russian control, ISW",
        date=str(when),
        status="about then, known later",
        evidence=(ISW_2022, ISW_DAILY),
    )


@counterclaim("walt-2022-03-three-outcomes")
def walt() -> Assessment:
    """None of the three endings that he called unlikely, by the last day of the data."""
    coded = tables.read("prediction-codings").set_index("prediction_id")["outcome"]
    fell = set(coded.loc["hodges-putin-loses-kremlin"]) == {"true"}
    capitulated = maps_km2(last_day()) == 0
    outcome: verdicts.Outcome = "failed" if fell or capitulated else "came true"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("walt-2022-03-three-outcomes"),
                verdict=verdicts.forecast(outcome, outcome),
                evidence_for=(MAPS, "predictions", "prediction-codings", "diplomacy-timeline"),
                note=(
                    "Letter and spirit: none of the outcomes named by the last day of the data. "
                    "The war goes on, so it has come true so far; that no trial has been held "
                    "rests on its absence from every source."
                ),
            ),
        ),
        then=held_then(date(2022, 3, 29)),
        now=held_now(),
        reason=(
            f"By {day(last_day())} Russian forces had not capitulated and held "
            f"{percent(share(maps_km2(last_day())), 1)} of Ukraine, and Vladimir Putin was in "
            "office and before no court."
        ),
        would_change="Any of the outcomes named; a warrant of arrest is not a trial.",
    )


@counterclaim("posen-2022-07-stalemate")
def posen() -> Assessment:
    """Set the line of July 2022 beside the lines of the end of 2022 and of the window."""
    then, low = isw_km2(POSEN), isw_km2(END_2022)
    end = maps_km2(WINDOW_END.date())
    lost = (then - low) / then
    points = 100 * abs(share(end) - share(then))
    letter: verdicts.Outcome = "in part" if lost > calls.CLOSE_SHARE else "came true"
    spirit: verdicts.Outcome = "came true" if points <= calls.SAME_SIZE_POINTS else "failed"
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("posen-2022-07-stalemate"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=(MAPS,),
                evidence_against=(ISW_2022, ISW_DAILY),
                note=(
                    f"Letter: a line is a place, and by the end of 2022 {percent(lost)} of what "
                    f"was held in July had been lost; more than {percent(calls.CLOSE_SHARE)} is "
                    "not close. There was no decision, so in part. Spirit: after years the area is "
                    f"within {number(calls.SAME_SIZE_POINTS)} point of the country of that of July "
                    f"2022 ({number(points, 1)}; the areas are of different trackers, whose levels "
                    f"of one day lie up to {tracker_gap()} points apart)."
                ),
            ),
        ),
        then=held_then(POSEN),
        now=held_now(),
        reason=(
            f"Ukrainian forces took back {area(then - low)} by the end of 2022, so the line did "
            f"not stay; at the end of the window the area held was {percent(share(end), 1)} of "
            f"Ukraine (DeepState maps) beside {percent(share(then), 1)} in July 2022 (ISW), "
            "without a decision."
        ),
        would_change="A rule for how far a line may move and still be the same line.",
    )


@counterclaim("charap-2023-06-no-decisive-victory")
def no_decisive_victory() -> Assessment:
    """Whether either side has won, and the share held since."""
    then, now = share(isw_km2(date(2023, 6, 5))), share(maps_km2(last_day()))
    four = territory.province_shares(
        tables.read("deepstate-daily-by-oblast"),
        tables.read("oblast-areas"),
        denominator="polygon",
    )
    last = four[four["date"] == four["date"].max()].set_index("oblast")["share_pct"]
    letter: verdicts.Outcome = "came true" if 0 < now < 1 else "failed"
    spirit: verdicts.Outcome = "came true" if last.min() / 100 < SUBDUED_SHARE else "failed"
    months = (last_day() - date(2023, 6, 5)).days // 30
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("charap-2023-06-no-decisive-victory"),
                verdict=verdicts.forecast(letter, spirit),
                evidence_for=(MAPS, "deepstate-daily-by-oblast", "oblast-areas", ISW_DAILY),
                note=(
                    "Letter: neither side has driven out or subdued the other. Spirit: Russian "
                    f"forces hold less than {percent(SUBDUED_SHARE)} of at least one of the "
                    f"{count(len(territory.ANNEXED))} provinces that Russia claims (least: "
                    f"{percent(last.min() / 100)}), Ukrainian forces have not regained the land on "
                    "balance. It has come true so far."
                ),
            ),
        ),
        then=held_then(date(2023, 6, 5)),
        now=held_now(),
        reason=(
            f"In {number(months)} months the share held by Russian forces went from "
            f"{percent(then, 1)} (ISW) to {percent(now, 1)} (DeepState maps, whose level may "
            f"differ by {tracker_gap()} points), and neither side was beaten."
        ),
        would_change="A defeat of either army, or the fall of either government by it.",
    )


@counterclaim("beebe-lieven-2024-02-collapse")
def collapse() -> Assessment:
    """Set the pace since 2024 beside 2023, and look for a collapse since."""
    pace = territory.pace_by_period(tables.read(CHANGES), tables.read(MAPS))
    rate = pace.set_index("period")["km2_per_day"]
    later = rate.drop("2023")
    line: verdicts.Outcome = "came true" if (later > rate["2023"]).all() else "in part"
    worst = territory.largest_rolling_loss(tables.read(MAPS), COLLAPSE_DAYS)
    return Assessment(
        findings=(
            Finding(
                component="line",
                proposition=proposition("beebe-lieven-2024-02-collapse", "line"),
                verdict=verdicts.forecast(line, line),
                evidence_for=(MAPS, CHANGES),
                note=(
                    "Letter and spirit: in every period since, Russian forces gained faster than "
                    f"in 2023 ({number(rate['2023'], 1)} km² a day); in 2025 "
                    f"{number(rate['2025'], 1)}, in 2026 {number(rate.iloc[-1], 1)}."
                ),
            ),
            Finding(
                component="collapse",
                proposition=proposition("beebe-lieven-2024-02-collapse", "collapse"),
                verdict=verdicts.forecast("open", "open"),
                evidence_against=(MAPS,),
                note=(
                    "No date is given, so that the war would have to end for it to fail. None in "
                    f"the time since: the worst {count(COLLAPSE_DAYS)} days cost "
                    f"{area(worst.loss_km2)}."
                ),
            ),
        ),
        now=Value(
            value=round(float(rate.iloc[-1]), 2),
            unit="km2/day",
            text="pace in 2026, DeepState maps",
            date=str(last_day()),
            status="now",
            evidence=(MAPS,),
        ),
        reason=(
            f"The front did not settle in 2024 and 2025, when Russian forces gained up to "
            f"{number(later.max(), 1)} km² a day, but no collapse has come by "
            f"{day(last_day())}, and none was dated."
        ),
        would_change="A collapse, or an end of the war without one.",
    )


@counterclaim("sachs-2023-10-attrition")
def attrition() -> Assessment:
    """Set confirmed armour lost by either side before the statement beside that since."""
    ratios = hindsight.exchange(tables.read("oryx-losses"))
    intervals = ratios[ratios["equipment"] == "tanks and armour"].set_index("start")
    armour, ends = intervals["ratio"], intervals["end"]
    summer, winter = pd.Timestamp("2023-07-01"), pd.Timestamp("2023-12-18")
    then, eve = armour[summer], armour[winter]
    before, up_to = span(summer, ends[summer]), span(winter, ends[winter])
    last = float(armour.iloc[-1])
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("sachs-2023-10-attrition"),
                verdict=verdicts.NO_VERDICT,
                evidence_for=("oryx-losses", "evasion-cases", "syrskyi-2025-08-net-growth"),
                evidence_against=("oryx-losses", "tank-stocks", "western-2026-02-losses-exceed"),
                note=(
                    "For: the exchange of confirmed armour turned from 2025 on, absences rose, and "
                    "Kyiv counted the Russian force as growing in 2025. Against: in 2023 and 2024 "
                    "Russian forces lost several vehicles for each Ukrainian one, their stores "
                    "shrank, and in 2026 officials saw their losses above recruitment. For its "
                    "means nobody can say, since neither side publishes how many it has left."
                ),
            ),
        ),
        then=Value(
            value=round(float(then), 2),
            unit="ratio",
            text=f"confirmed Russian tanks and armour lost for each Ukrainian one, {before}",
            date="2023-12-18",
            status="about then, known later",
            evidence=("oryx-losses",),
        ),
        now=Value(
            value=round(last, 2),
            unit="ratio",
            text="the same in the summer of 2026",
            date="2026-09-15",
            status="now",
            evidence=("oryx-losses",),
        ),
        reason=(
            f"Russian forces lost {number(then, 1)} confirmed tanks and armoured vehicles for each "
            f"Ukrainian one from {before}, {number(eve, 1)} from {up_to} "
            f"and {number(last, 1)} in the summer of 2026; losses for the means of "
            "each side are not known."
        ),
        would_change="Counts of the soldiers and arms that each side has left, by month.",
    )


@counterclaim("haass-2024-05-too-many")
def too_many() -> Assessment:
    """Whether Russian gains follow the Russian advantage in shells."""
    figures = firepower.pace_figures(tables.read(CHANGES), tables.read(MAPS))
    low, high = firepower.effect_interval(firepower.contrasts(firepower.pace_by_phase(figures)))
    monthly = territory.monthly_net_change(tables.read(MAPS))
    regained, months = calls.months_regained(monthly, "2024-07", "2025-12")
    made = evidence(["aid-prod-ru-3m", "aid-prod-west-12m"])["value"] / 1e6
    return Assessment(
        findings=(
            Finding(
                proposition=proposition("haass-2024-05-too-many"),
                verdict=verdicts.causal(low, high, expected_sign=1),
                evidence_for=(
                    "aid-prod-ru-3m",
                    "syrskyi-2025-04-net-growth",
                    "syrskyi-2025-08-net-growth",
                    MAPS,
                ),
                evidence_against=("aid-prod-west-12m", "aid-czech-2024-15m", "shell-ratios"),
                note=(
                    "Declared interval: pace of Russian gains while Russian forces had the larger "
                    "advantage in shells less the pace with the smaller one, over every tracker. "
                    "Shells are a proxy; numbers of men did not vary enough to be tested. The "
                    f"outcome was as he said: ground was regained in {number(regained)} of "
                    f"{number(months)} months to the end of 2025."
                ),
            ),
        ),
        then=stated(
            f"shells made a year: Russia {number(made.iloc[0], 1)} million, United States and "
            f"Europe {number(made.iloc[1], 1)} million (NATO)",
            date="2024-03-11",
            status="known then",
            evidence=("aid-prod-ru-3m", "aid-prod-west-12m"),
        ),
        now=Value(
            low=round(low, 2),
            high=round(high, 2),
            unit="km2/day",
            text="pace with the larger advantage in shells less the pace with the smaller",
            date="2024-12-31",
            status="now",
            evidence=(CHANGES, MAPS),
        ),
        reason=(
            f"Ukrainian forces regained no ground on balance in any of {number(months)} months, "
            "but Russian gains were larger after the advantage in shells had shrunk, so that the "
            "outcome does not show the cause."
        ),
        would_change="Strength and fire by sector and month, so that men and arms can be weighed.",
    )
