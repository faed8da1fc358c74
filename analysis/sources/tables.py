"""How adapters write their tables, so that the same input gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def write_csv(frame: pd.DataFrame, file: Path, decimals: dict[str, int] | None = None) -> Path:
    """Write a table: UTF-8, LF, header, empty for missing, the fewest digits that suffice.

    Parameters
    ----------
    frame : DataFrame
        Rows in the order of their key; dates as ``datetime64``.
    file : Path
        Where to; folders are created.
    decimals : dict of str to int, optional
        Digits after the point of a column of numbers, trailing zeros dropped.
    """
    out = frame.copy()
    for column, digits in (decimals or {}).items():
        out[column] = [_shortest(value, digits) for value in out[column]]
    file.parent.mkdir(parents=True, exist_ok=True)
    out.to_csv(file, index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return file


def _shortest(value: float, digits: int) -> str:
    if pd.isna(value):
        return ""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
