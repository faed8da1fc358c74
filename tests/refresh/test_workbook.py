"""The workbook of the aid tracker gives what its files give, and a spoilt one is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from published import DONORS


def workbook(path: Path, main: list[list], sums: list[list], **names: str) -> Path:
    """Write a workbook as the Kiel Institute does, in small."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = names.get("main_sheet", "Bilateral Assistance, MAIN DATA")
    for row in main:
        sheet.append(row)
    other = book.create_sheet(names.get("sums_sheet", "Allocations by type and month"))
    for row in [["Allocations, € billion"], [], *sums]:
        other.append(row)
    file = path / names.get("file", "x-Ukraine_Support_Tracker_Release_30.xlsx")
    book.save(file)
    return path


def book_rows(table: pd.DataFrame) -> tuple[list[list], list[list]]:
    """Give the rows of both sheets from the table that is held: one part a donor and month."""
    main = [
        [
            "ID",
            "donor",
            "aid_type_general",
            "measure",
            "month",
            "tot_sub_activity_value_EUR_redistr",
        ]
    ]
    for row in table.itertuples():
        number = (row.month.year - 2022) * 12 + row.month.month
        other = round(row.total_eur_bn - row.military_eur_bn, 6)
        donor = DONORS[row.donor_group]
        main.append([1, donor, "Military", "Allocation", number, row.military_eur_bn * 1e9])
        main.append([1, donor, "Financial", "Allocation", number, other * 1e9])
    # A commitment and a part without a month are in no monthly sum.
    main += [
        [1, "Poland", "Military", "Commitment", 5, 7e9],
        [1, "Poland", "Military", "Allocation", 0, 7e9],
    ]
    by_month = table.groupby("month")[["military_eur_bn", "total_eur_bn"]].sum()
    sums = [["", "Month", "Military allocations", "Total allocations"]]
    sums += [
        ["", day.to_pydatetime(), *row]
        for day, row in zip(by_month.index, by_month.to_numpy().tolist(), strict=True)
    ]
    return main, sums


def test_the_workbook_gives_the_table_of_the_files(source, tmp_path):
    """Euros by part and month number, summed, are the thousand millions of the same release."""
    found = source("kiel")
    held = found.held()
    folder = workbook(tmp_path, *book_rows(held))
    found.refresh(folder=folder)
    after = found.held()
    pd.testing.assert_frame_equal(after.drop(columns="state"), held.drop(columns="state"))
    assert set(after["state"]) == {"release 30"}


def spoil_rows(row: int, cell: int, value: object) -> Callable[[list[list], list[list]], None]:
    def change(main: list[list], sums: list[list]) -> None:
        main[row][cell] = value

    return change


BOOKS = {
    "sheet-renamed": (lambda m, s: None, {"main_sheet": "Data"}, "a sheet 'Bilateral Assistance"),
    "sums-renamed": (lambda m, s: None, {"sums_sheet": "Data"}, "a sheet 'Allocations by type"),
    "column-renamed": (spoil_rows(0, 5, "value"), {}, "row 1"),
    "month-is-a-word": (spoil_rows(3, 4, "March"), {}, "row 4, month: 'March'"),
    "amount-is-a-word": (
        spoil_rows(3, 5, "many"),
        {},
        "row 4, tot_sub_activity_value_EUR_redistr: 'many'",
    ),
    "negative-amount": (
        spoil_rows(3, 5, -1),
        {},
        "row 4, tot_sub_activity_value_EUR_redistr: '-1'",
    ),
    "donor-unknown": (spoil_rows(3, 1, "Atlantis"), {}, "'Atlantis'"),
    "sums-of-another-release": (lambda m, s: s[1].__setitem__(2, 9.0), {}, "our sum of donors"),
    "no-header-of-sums": (lambda m, s: s.pop(0), {}, "a row with Month"),
    "sum-is-a-word": (lambda m, s: s[1].__setitem__(2, "x"), {}, "a sum that is no number"),
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_spoilt_workbook_is_refused(name, source, command, tmp_path):
    """The workbook, the sheet and the row are named."""
    found = source("kiel")
    change, names, said = BOOKS[name]
    rows = book_rows(found.held())
    change(*rows)
    before = found.store.manifest()
    status, output = command(found, "--from", str(workbook(tmp_path, *rows, **names)))
    assert status == 1
    assert said in output
    assert "kiel: nothing was changed" in output
    assert found.store.manifest() == before


@pytest.mark.parametrize("data", [b"no workbook", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_workbook_is_refused(data, source, command, tmp_path):
    """A page saved under the name of the workbook, and one cut off after its first bytes."""
    found = source("kiel")
    (tmp_path / "Ukraine_Support_Tracker_Release_30.xlsx").write_bytes(data)
    status, output = command(found, "--from", str(tmp_path))
    assert status == 1
    assert "a workbook" in output
