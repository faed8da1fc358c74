"""Base rates of wars, the scorecard of endings and the clocks, against independent reasons."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from analysis import endings, tables
from analysis.sources import cow
from analysis.violations import DataError

HEADER = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,"
    "EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,"
    "WhereFought,Initiator,Outcome,TransTo,BatDeath,Version\n"
)
NEVER = "-8,-8,-8,-8,-8,-8"


def raw(path, *rows: str):
    (path / cow.FILE).write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def state(number: int, name: str, start: str, end: str, initiator: int, outcome, second=NEVER):
    """Build one row: dates as "month,day,year"."""
    rest = f"{second},-8,2,{initiator},{outcome},-8,600,4"
    return f"{number},War {number},1,1,{name},1,{start},{end},{rest}"


# The adapter -------------------------------------------------------------------------------


def test_a_war_spans_its_states_and_spells(tmp_path):
    """1 January to 10 March 1900, both counted: 31 + 28 + 10 = 69 days, 1900 no leap year."""
    found = cow.build(
        raw(
            tmp_path,
            state(5, "A", "1,1,1900", "2,1,1900", 1, 2, second="3,1,1900,3,10,1900"),
            state(5, "B", "1,15,1900", "3,5,1900", 2, 1),
        )
    )["interstate-wars"].iloc[0]
    assert found["duration_days"] == 69
    assert found["interrupted"] == "true"
    assert found["ending"] == "winner named"
    assert found["initiator_result"] == "lost"


def test_codes_of_endings(tmp_path):
    """Code book: 3 compromise, 4 transformed, 6 stalemate; nobody won."""
    rows = [state(n, s, "1,1,1900", "2,1,1900", i, code)
            for n, code in ((1, 3), (2, 4), (3, 6)) for s, i in (("A", 1), ("B", 2))]  # fmt: skip
    table = cow.build(raw(tmp_path, *rows))["interstate-wars"]
    assert table["ending"].tolist() == ["compromise", "became another war", "stalemate"]


def test_every_bad_row_is_named(tmp_path):
    """A code that the book does not have, a day that is none, and a war that nobody began."""
    rows = (
        state(1, "A", "1,1,1900", "2,1,1900", 1, 9),
        state(2, "B", "-9,-9,1900", "2,1,1900", 1, 1),
        state(3, "C", "1,1,1900", "2,1,1900", 2, 1),
    )
    with pytest.raises(DataError) as error:
        cow.build(raw(tmp_path, *rows))
    found = {(v.row, v.column) for v in error.value.violations}
    assert found == {("1, A", "Outcome"), ("2, B", "StartYear1"), ("3", "Initiator")}


def test_the_adapter_writes_what_is_read(tmp_path):
    """The same input gives the same bytes, with dates as ISO 8601 has them."""
    built = cow.build(raw(tmp_path, state(1, "A", "1,1,1900", "2,1,1900", 1, 1)))
    first = cow.write(built, tmp_path)[0].read_bytes()
    assert first == cow.write(built, tmp_path)[0].read_bytes()
    assert b"1900-01-01,1900-02-01,32" in first


# The table ---------------------------------------------------------------------------------


def test_the_list_is_whole():
    """Sarkees and Wayman (2010) list 95 wars between states, the first of 1823."""
    wars = tables.read("interstate-wars")
    assert len(wars) == 95
    assert wars["start"].min() == pd.Timestamp("1823-04-07")


@pytest.mark.parametrize(
    ("war", "first", "last", "ending"),
    [
        # Any encyclopaedia: invasion of South Korea to the armistice of Panmunjom.
        ("Korean", "1950-06-24", "1953-07-27", "stalemate"),
        # Iraqi invasion to the ceasefire of resolution 598.
        ("Iran-Iraq", "1980-09-22", "1988-08-20", "stalemate"),
        # Austria declares war on Serbia, one day apart; the armistice of Compiègne.
        ("World War I", "1914-07-29", "1918-11-11", "winner named"),
        # Badme to the agreement of Algiers.
        ("Badme Border", "1998-05-06", "2000-12-12", "stalemate"),
        # Boqueron to the truce of June 1935.
        ("Chaco", "1932-06-15", "1935-06-12", "winner named"),
    ],
)
def test_dates_of_known_wars(war, first, last, ending):
    """The days are those of the history books, to one day at the start."""
    row = tables.read("interstate-wars").set_index("war").loc[war]
    assert abs((row["start"] - pd.Timestamp(first)).days) <= 1
    assert row["end"] == pd.Timestamp(last)
    assert row["ending"] == ending
    assert row["duration_days"] == (row["end"] - row["start"]).days + 1


def test_endings_add_up_to_all_wars():
    """By hand over the outcome codes of the raw table: 77 with a winner, 8, 8 and 2."""
    counts = tables.read("interstate-wars")["ending"].value_counts().to_dict()
    assert counts == {"winner named": 77, "became another war": 8, "stalemate": 8, "compromise": 2}


def test_those_who_began_wars():
    """By hand: won 40 of 65 up to a year, 7 of 16 up to two, 4 of 14 beyond; 95 in all."""
    table = endings.initiators(tables.read("interstate-wars"))
    assert table["won"].tolist() == [40, 7, 4]
    assert table["lost"].tolist() == [16, 4, 6]
    assert table["wars"].tolist() == [65, 16, 14]
    assert (table[["won", "lost", "neither"]].sum(axis=1) == table["wars"]).all()


# Survival ----------------------------------------------------------------------------------


def toy(days, ended="winner named"):
    return pd.DataFrame({"duration_days": days, "ending": ended})


def test_without_open_endings_the_curve_is_a_count():
    """Of four wars of 10, 20, 20 and 40 days, three outlast 10, one outlasts 20, none 40."""
    curve = endings.survival(toy([10, 20, 20, 40]))
    assert curve["days"].tolist() == [0, 10, 20, 40]
    assert curve["surviving"].tolist() == pytest.approx([1, 0.75, 0.25, 0])


def test_open_endings_follow_kaplan_and_meier():
    """Wars of 10, 20+ and 30 days: 2/3 after 10; then one at risk, which ends: nothing."""
    wars = toy([10, 20, 30], ["winner named", "became another war", "winner named"])
    curve = endings.survival(wars, open_endings_count=False)
    assert endings.surviving_at(curve, 25)["surviving"] == pytest.approx(2 / 3)
    assert endings.surviving_at(curve, 30)["surviving"] == pytest.approx(0, abs=1e-12)


def test_the_interval_is_greenwoods_on_the_log_log_scale():
    """At one half of n wars: exp(±1.96 * sqrt(1/n) / log 2 ...), written out by hand."""
    n = 40
    curve = endings.survival(toy(list(range(1, n + 1))))
    row = endings.surviving_at(curve, n // 2)
    share = 0.5
    theta = 1.959964 * np.sqrt((1 - share) / (share * n)) / abs(np.log(share))
    assert row["low"] == pytest.approx(share ** np.exp(theta), rel=1e-6)
    assert row["high"] == pytest.approx(share ** np.exp(-theta), rel=1e-6)


def test_the_curve_of_the_wars_agrees_with_a_count():
    """Without censoring the estimate is the share of wars that are longer, at every age."""
    wars = tables.read("interstate-wars")
    curve = endings.survival(wars)
    for days in (30, 365, 831, 2000):
        share = (wars["duration_days"] > days).mean()
        assert endings.surviving_at(curve, days)["surviving"] == pytest.approx(share)


def test_the_age_of_the_war():
    """24 February 2022 is day one; 2022 has 311 days left, 2023 365, to 3 June 2024 155."""
    assert endings.age_days(date(2022, 2, 24)) == 1
    assert endings.age_days(endings.ARTICLE) == 311 + 365 + 155


def test_wars_that_had_lasted_as_long():
    """Names by hand from the list: two world wars among 14, the shortest the Crimean."""
    longer = endings.outlasting(tables.read("interstate-wars"), 831)
    assert len(longer) == 14
    assert longer["war"].iloc[0] == "Crimean"
    assert longer["further_days"].iloc[0] == 861 - 831
    assert {"World War I", "World War II", "Korean", "Iran-Iraq"} <= set(longer["war"])


def test_five_of_fourteen_ended_in_eighteen_months():
    """Crimean, Badme, Chaco, Korean and the second Greco-Turkish end by day 831 + 548."""
    wars = tables.read("interstate-wars")
    assert endings.WINDOW_DAYS == 548
    assert endings.ending_within(wars, 831, 548) == (5, 14)
    ended = endings.outlasting(wars, 831).query("further_days <= 548")["war"].tolist()
    assert ended == ["Crimean", "Badme Border", "Chaco", "Korean", "Second Greco-Turkish"]


def test_exact_interval_is_that_of_the_beta_distribution():
    """Clopper and Pearson (1934): quantiles of beta(5, 10) and beta(6, 9) for 5 of 14."""
    share, low, high = endings.exact_share(5, 14)
    assert share == pytest.approx(5 / 14)
    assert low == pytest.approx(beta.ppf(0.025, 5, 10))
    assert high == pytest.approx(beta.ppf(0.975, 6, 9))


def test_chances_by_age():
    """A table of ages counts each age alone."""
    table = endings.chances(toy([10, 20, 30, 40]), {"young": 5, "old": 25}, 10)
    assert table[["ended", "of"]].to_numpy().tolist() == [[1, 4], [1, 2]]
    assert table["share_pct"].tolist() == pytest.approx([25, 50])


# Land --------------------------------------------------------------------------------------


def test_what_russia_claims():
    """Official areas of the four provinces, Crimea and Sevastopol: about 136,000 km2."""
    areas = tables.read("oblast-areas")
    assert endings.claimed_km2(areas) == pytest.approx(135_800, abs=100)
    with pytest.raises(ValueError, match="Luhansk"):
        endings.claimed_km2(areas[areas["oblast"] != "Luhansk"])


def test_a_gain_of_russian_forces_is_a_negative_shift():
    """Ten per mille of the land claimed gained in the period."""
    areas = tables.read("oblast-areas")
    gained = 0.01 * endings.claimed_km2(areas)
    days = pd.to_datetime(["2024-07-08", "2025-12-03"])
    series = pd.DataFrame({"date": days, "occupied_km2": [100_000.0, 100_000.0 + gained]})
    shift = endings.land_shift(series, areas, date(2024, 7, 8), date(2025, 12, 3))
    assert shift == pytest.approx(-0.01)


def test_the_last_map_before_a_day_is_taken():
    """A talk between two maps has the land of the earlier one; one before the maps has none."""
    maps = pd.DataFrame(
        {"date": pd.to_datetime(["2025-01-01", "2025-02-01"]), "occupied_km2": [60.0, 120.0]}
    )
    days = pd.DataFrame({"date": pd.to_datetime(["2024-12-31", "2025-01-20", "2025-02-01"])})
    held = endings.held_on(days, maps, 600.0)
    assert held["share_pct"].tolist() == pytest.approx([10.0, 20.0])


# The endings -------------------------------------------------------------------------------


def parts(*states: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"ending": 1, "kind": [k for k, _ in states], "met": [m for _, m in states]}
    )


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ([("path", "met"), ("end", "met")], "came true"),
        ([("path", "met"), ("end", "open")], "open"),
        # The road may be missed and the end still come; only a peace decides.
        ([("path", "not met"), ("end", "open")], "open"),
        ([("path", "met"), ("end", "not met")], "failed"),
    ],
)
def test_the_rule_of_an_ending(states, outcome):
    """Written rule: every part met; a peace of another kind; else open."""
    assert endings.ending_outcome(parts(*states), 1) == outcome


def test_an_ending_without_parts_is_an_error():
    """An empty list is met in every part, which would make it true."""
    with pytest.raises(ValueError, match="ending 2"):
        endings.ending_outcome(parts(("path", "met")), 2)


def test_the_parts_on_land_agree_with_the_maps():
    """More land taken and not less held: the maps at the end of the window and at the last."""
    scores = tables.read("endings-scorecard").set_index("part_id")["met"]
    maps = tables.read("deepstate-daily-total").set_index("date")["occupied_km2"]
    more = maps["2025-12-03"] > maps.iloc[0] and maps.iloc[-1] > maps.iloc[0]
    assert (scores["1a"] == "met") == more
    assert (scores["2a"] == "not met") == more


def test_every_part_of_a_peace_is_open_or_in_part():
    """While there is no peace no part of one can be met or missed; the fourth is no peace."""
    scores = tables.read("endings-scorecard")
    peace = scores[(scores["kind"] == "end") & (scores["ending"] <= 3)]
    assert set(peace["met"]) <= {"open", "in part"}


@pytest.mark.parametrize("name", ["endings-scorecard", "war-clocks", "bargaining-parameters"])
def test_named_evidence_exists(name):
    """Each id is a row of the evidence or a table of the book."""
    from analysis.datapackage import origins

    known = set(tables.read("evidence")["id"]) | set(origins())
    ids = {each for cell in tables.read(name)["evidence_ids"] for each in cell.split()}
    assert ids - known == set()


def test_what_the_sentence_asks_and_the_third_ending_does_not_have():
    """By reading: a counteroffensive and land retaken; the first ending is exempt."""
    table = tables.read("ending-requirements")
    asked = table[table["in_common_sentence"] == "yes"]
    assert set(asked["ending"]) == {2, 3}
    extra = asked[asked["in_description"] == "no"]
    assert set(zip(extra["requirement"], extra["ending"], strict=True)) == {
        ("Counteroffensive", 3),
        ("Land retaken", 3),
    }


# The clocks --------------------------------------------------------------------------------


def test_days_of_the_clocks_are_those_of_the_evidence():
    """Law: 30 September 2025; IISS: three years from 13 February 2024; State: end of 2025."""
    clocks = tables.read("war-clocks").set_index("clock_id")
    lines = tables.read("act-2024-lines")
    arms = lines[lines["account"].str.contains("Ukraine Security Assistance")]
    assert set(arms["available_until"]) == {clocks.loc["ua-aid-law", "runs_out_to"]}
    evidence = tables.read("evidence").set_index("id")
    years = int(evidence.loc["iiss-three-years-2024-02", "value"])
    said = evidence.loc["iiss-three-years-2024-02", "published"]
    end = said + pd.DateOffset(years=years)
    assert clocks.loc["ru-tanks-iiss", "runs_out_to"] == end
    assert clocks.loc["ua-aid-state", "runs_out_to"] == pd.Timestamp("2025-12-31")


def test_a_straight_line_through_two_counts():
    """1,000 tanks, 500 after a hundred days: the rest lasts another hundred."""
    stocks = pd.DataFrame(
        {
            "as_of": pd.to_datetime(["2024-01-01", "2024-04-10", "2024-01-01"]),
            "measure": ["in store", "in store", "in store"],
            "low": [1000, 500, 900],
            "publisher": ["A", "A", "B"],
        }
    )
    line = endings.straight_lines(stocks)
    assert line["publisher"].tolist() == ["A"]
    assert line["runs_out"].iloc[0] == pd.Timestamp("2024-07-19")
    assert line["per_month"].iloc[0] == pytest.approx(5 * 30.4375)


def test_spans_keep_the_clocks_without_a_day():
    """A resource for which nobody named a day stays in the table, with no end."""
    spans = endings.clock_spans(
        tables.read("war-clocks"), endings.straight_lines(tables.read("tank-stocks"))
    )
    assert set(spans.loc[spans["basis"] == "no day named", "side"]) == {"Russia", "Ukraine"}
    assert spans.loc[spans["basis"] != "no day named", "end"].notna().all()
    assert spans["end"].isna().sum() == 2
