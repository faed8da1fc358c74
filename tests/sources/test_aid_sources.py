"""The Kiel and Act adapters read what upstream publishes and name every bad row at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.sources import act_2024, kiel
from analysis.violations import DataError

HEAD = '"country","iso","year","month","total","financial","humanitarian","military"\n'
TOTALS = '"year","month","total_allocations","military","financial","humanitarian"\n'


def release(folder: Path, rows: str, totals: str, name: str = kiel.RELEASE) -> Path:
    (folder / name).mkdir()
    (folder / name / kiel.DONORS).write_text(HEAD + rows, encoding="utf-8")
    (folder / name / kiel.TOTALS).write_text(TOTALS + totals, encoding="utf-8")
    return folder


def test_donors_are_summed_by_group_and_empty_months_are_nought(tmp_path):
    """Norway and Spain are Europe: 1 + 2; nobody gave in February, so all three groups have 0."""
    rows = (
        '"Norway","NOR",2022,1,1.5,0,0.5,1\n"Spain","ESP",2022,1,2,0,0,2\n'
        '"United States","USA",2022,3,4,0,0,4\n'
    )
    table = kiel.build(release(tmp_path, rows, "2022,1,3.5,3,0,0.5\n2022,3,4,4,0,0\n"))
    got = table["kiel-monthly-groups"].set_index(["month", "donor_group"])
    assert got.loc[("2022-01-01", "Europe"), ["military_eur_bn", "total_eur_bn"]].tolist() == [
        3.0, 3.5,
    ]  # fmt: skip
    assert got.loc["2022-02-01", "total_eur_bn"].tolist() == [0.0, 0.0, 0.0]
    assert len(got) == 3 * 3


def test_the_draft_gives_only_months_after_the_release(tmp_path):
    """A draft's January differs from the release's and must not replace or join it."""
    release(tmp_path, '"Spain","ESP",2022,1,2,0,0,2\n', "2022,1,2,2,0,0\n")
    rows = '"Spain","ESP",2022,1,9,0,0,9\n"Spain","ESP",2022,2,5,0,0,5\n'
    got = kiel.build(release(tmp_path, rows, "", kiel.DRAFT))["kiel-monthly-groups"]
    spain = got[got["donor_group"] == "Europe"].set_index("month")
    assert spain["military_eur_bn"].tolist() == [2.0, 5.0]
    assert spain["state"].tolist() == ["release 29", "unpublished draft of release 30"]


def test_every_bad_row_is_named_at_once(tmp_path):
    """An unknown donor, a 13th month, a negative sum and a part above the whole: four faults."""
    rows = (
        '"Atlantis","ATL",2022,1,1,0,0,1\n"Spain","ESP",2022,13,1,0,0,1\n'
        '"Italy","ITA",2022,1,-1,0,0,-1\n"France","FRA",2022,1,1,0,0,2\n'
    )
    with pytest.raises(DataError) as caught:
        kiel.build(release(tmp_path, rows, "2022,1,1,1,0,0\n"))
    columns = [violation.column for violation in caught.value.violations]
    assert sorted(set(columns)) == ["country", "military", "month", "total"]


def test_sums_must_be_those_of_the_publisher(tmp_path):
    """The institute's own total for the month is 3, the donors add up to 2."""
    rows = '"Spain","ESP",2022,1,2,0,0,2\n'
    with pytest.raises(DataError, match="our sum of donors"):
        kiel.build(release(tmp_path, rows, "2022,1,3,3,0,0\n"))


# The law in small: one plain sum, one with a part that names its own day, one until spent, and
# a sum of title II.
LAW = """TITLE I
For an additional amount for ‘‘Military Personnel, Army’’,
$100,000, to remain available until December 31, 2024, to

[page 12]
H. R. 815—12
For an additional amount for ‘‘Operation and Maintenance,
Defense-Wide’’, $1,000,000, to remain available until December 31,
2024, to respond: Provided, That of the total amount provided under this
heading in this division, $600,000, to remain available until Sep-
tember 30, 2025, shall be for the Ukraine Security Assistance
Initiative: Provided further, That
TITLE II
For an additional amount for ‘‘Science’’, $5,000, to remain
available until expended, for isotopes
"""


def act(folder: Path, text: str) -> Path:
    (folder / act_2024.TEXT).write_text(text, encoding="utf-8")
    return folder


def test_sums_parts_and_rests_of_the_law(tmp_path):
    """1,000,000 less its part of 600,000 leaves 400,000 with the day of the whole."""
    table = act_2024.build(act(tmp_path, LAW))["act-2024-lines"].set_index("seq")
    assert table["amount_usd"].tolist() == [100_000, 1_000_000, 600_000, 400_000, 5_000]
    assert table["purpose"].tolist() == [
        "us-forces-pay", "", "usai", "defense-wide-rest", "energy",
    ]  # fmt: skip
    days = table["available_until"].dt.strftime("%Y-%m-%d").tolist()
    assert days[:4] == ["2024-12-31", "2024-12-31", "2025-09-30", "2024-12-31"]
    assert table["available_until"].isna().tolist() == [False] * 4 + [True]
    assert table["page"].tolist() == [11, 12, 12, 12, 12]


def test_an_account_without_a_purpose_is_named(tmp_path):
    """A new account would be in no definition and go missing from every sum."""
    text = LAW.replace("Military Personnel, Army", "Moon Base")
    with pytest.raises(DataError, match="Moon Base"):
        act_2024.build(act(tmp_path, text))


def test_parts_above_their_sum_are_named(tmp_path):
    """A part of 1,600,000 cannot be of 1,000,000."""
    with pytest.raises(DataError, match="parts that add up to 1000000"):
        act_2024.build(act(tmp_path, LAW.replace("$600,000", "$1,600,000")))
