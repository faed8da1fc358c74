"""The adapter of the air attacks: sums by hand on a small file, and every fault at once."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.sources import air_attacks
from analysis.violations import DataError

MODELS = """model,category
Shahed-136/131,UAV
Orlan-10,UAV
Kalibr,cruise missile
Iskander-M,ballistic missile
GBU,guided bomb
"""


def write(folder, rows):
    lines = ["time_start,time_end,model,launched", *rows]
    (folder / air_attacks.ATTACKS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / air_attacks.MODELS).write_text(MODELS, encoding="utf-8")
    return folder


def test_sums_by_the_day_a_window_ends(tmp_path):
    """A window over midnight on 31 January counts in February; bombs and scouts do not count."""
    folder = write(
        tmp_path,
        [
            "2023-01-31 18:00,2023-02-01 08:00,Shahed-136/131,10",
            "2023-01-05,2023-01-05,Kalibr,3",
            "2023-01-06,2023-01-06,Iskander-M,",
            "2023-02-28,2023-02-28 ,GBU,7",
            "2023-02-02,2023-02-02,Orlan-10,5",
        ],
    )
    tables = air_attacks.build(folder, pd.Series([pd.Timestamp("2023-02-05")]))
    monthly = tables["air-attacks-monthly"].set_index("month")
    assert monthly["drones_launched"].to_dict() == {"2023-01": 0, "2023-02": 10}
    assert monthly["missiles_launched"].to_dict() == {"2023-01": 3, "2023-02": 0}
    assert monthly["days_reported"].to_dict() == {"2023-01": 2, "2023-02": 3}
    assert monthly["full_month"].to_dict() == {"2023-01": False, "2023-02": True}


def test_spans_end_the_day_before_fieldwork(tmp_path):
    """The day fieldwork begins is not in the span; a span before the file begins is empty."""
    folder = write(
        tmp_path,
        [
            "2023-01-01,2023-01-01,Kalibr,1",
            "2023-02-04,2023-02-04,Shahed-136/131,4",
            "2023-02-05,2023-02-05,Shahed-136/131,100",
        ],
    )
    blocks = air_attacks.build(folder, pd.Series([pd.Timestamp("2023-02-05")]))[
        "attacks-before-waves"
    ].set_index("days_from")
    assert blocks.loc[1, "drones_launched"] == 4
    assert blocks.loc[1, "days_to"] == 30
    assert pd.isna(blocks.loc[31, "drones_launched"])
    assert len(blocks) == 6


def test_every_fault_is_named_at_once(tmp_path):
    """An unknown model, a day that is none and a negative number, each with its row."""
    folder = write(
        tmp_path,
        [
            "2023-01-01,2023-01-01,Unheard-of,1",
            "2023-01-01,no day,Kalibr,1",
            "2023-01-01,2023-01-01,Kalibr,-2",
        ],
    )
    with pytest.raises(DataError) as caught:
        air_attacks.build(folder, pd.Series([pd.Timestamp("2023-02-05")]))
    for words in ("row 2, model", "row 3, time_end", "row 4, launched"):
        assert words in str(caught.value)


def test_same_input_same_bytes(tmp_path):
    """Written twice, the tables are the same to the byte."""
    folder = write(tmp_path, ["2023-01-01,2023-01-01,Kalibr,1"])
    found = air_attacks.build(folder, pd.Series([pd.Timestamp("2023-02-05")]))
    first = [path.read_bytes() for path in air_attacks.write(found, tmp_path / "a")]
    second = [path.read_bytes() for path in air_attacks.write(found, tmp_path / "b")]
    assert first == second
