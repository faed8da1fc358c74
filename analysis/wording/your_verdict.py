"""Tables and sentences of the assignment, for whatever choices a reader makes."""

from __future__ import annotations

import pandas as pd

from analysis import claims, tables, whatif
from analysis.formatting import number, percent
from analysis.whatif import Outcome

CLAIM_COLUMNS = {
    "claim": "Name",
    "quotation": "The article’s words",
    "chapter": "Chapter",
    "verdict": "Verdict of the book",
    "readings": "Readings",
}
READING_COLUMNS = {"name": "Reading", "source": "Source", "word": "Alone it gives", "role": "Role"}
CHANGED_COLUMNS = {
    "quotation": "The article’s words",
    "chapter": "Chapter",
    "book": "The book",
    "own": "Yours",
}
PREMISE_COLUMNS = {"premise": "Premise", "claims": "Claims", "changed": "Turned"}


def _titles() -> dict[str, str]:
    table = tables.read("chapters")
    return dict(zip(table["slug"], table["title"], strict=True))


def claims_to_choose() -> pd.DataFrame:
    """Return the claims from whose readings a reader may choose one."""
    rows = []
    for name in whatif.choosable():
        record = claims.assess(name)
        rows.append(
            {
                "claim": name,
                "quotation": f"“{record.quotation}”",
                "chapter": _titles()[record.home_chapter],
                "verdict": record.verdict,
                "readings": number(len(whatif.choices(name))),
            }
        )
    return pd.DataFrame(rows)


def changed(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the claims whose verdicts a tolerance turns.

    Parameters
    ----------
    ledger : DataFrame
        From `analysis.whatif.ledger`.

    Returns
    -------
    DataFrame
        quotation, chapter, book and own; one row that says so where nothing is turned.
    """
    table = ledger[ledger["changed"]]
    if table.empty:
        return pd.DataFrame(
            [{"quotation": "no verdict is turned", "chapter": "", "book": "", "own": ""}]
        )
    return table.assign(
        quotation=[f"“{words}”" for words in table["quotation"]],
        chapter=[_titles()[slug] for slug in table["chapter"]],
    )


def by_premise(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count claims and turned verdicts under each premise of the article."""
    named = claims.table().set_index("id")["premise"]
    table = ledger.assign(premise=[named[name] for name in ledger["claim"]])
    counted = table.groupby("premise", sort=False)["changed"].agg(["size", "sum"])
    return pd.DataFrame(
        {
            "premise": counted.index,
            "claims": [number(value) for value in counted["size"]],
            "changed": [number(value) for value in counted["sum"]],
        }
    )


def strings(mine: Outcome, ledger: pd.DataFrame, tolerance: float) -> dict[str, str]:
    """Return the finished strings of the page.

    Parameters
    ----------
    mine : Outcome
        The reader's verdict on the claim of their choice.
    ledger : DataFrame
        All claims under the reader's tolerance.
    tolerance : float
        Share of the printed number.
    """
    return {
        "tolerance": percent(tolerance),
        "quotation": f"“{claims.assess(mine.claim).quotation}”",
        "own": mine.verdict,
        "of-the-book": mine.book,
        "compared": _compared(mine),
        "changed": number(int(ledger["changed"].sum())),
        "all": number(len(ledger)),
    }


def _compared(mine: Outcome) -> str:
    if mine.changed:
        return (
            "They differ, so that whoever quotes either has to say with which tolerance and by "
            "which reading."
        )
    return "They agree, so that your choices do not matter for this claim."
