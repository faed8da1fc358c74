"""Check quotations of the article without the article's text.

The text is under copyright and not in this repository.  What is here are fingerprints of
its runs of two, three and four words: for each run the first 20 bits of a salted sha256.

Why 20 bits: the article has some 2,000 runs of each length, so about one in 500 of the
2**20 possible fingerprints is in use.  A run that is not in the article passes by chance
that rarely, and one altered word touches up to four runs of a quotation, each of which
would have to pass.  The same rarity, turned round, protects the text: of the hundreds of
millions of runs that a dictionary can form, hundreds of thousands would pass, and the
table does not say which two thousand of them are the article's.  This hinders the
rebuilding of the text; it is not encryption.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

import pandas as pd

from analysis import tables

# Lengths of the runs kept, in words.
LENGTHS = (2, 3, 4)

# Fixed: another salt would make every stored fingerprint wrong.
SALT = "position-of-strength/menon-2024-06-03"

_DIGITS = 5  # hexadecimal digits kept of a hash: 20 bits
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "\u00a0": " "})
_BREAKS = re.compile(r"[—–]|--")
# Omissions and insertions end a passage: what stands on either side is checked alone.
_PARTS = re.compile(r"\[[^\]]*\]|…|\.\.\.|\n")
_EDGES = re.compile(r"^\W+|\W+$")


def words(text: str) -> list[str]:
    """Split a text into words: lower case, straight quotes, no punctuation at their edges.

    Dashes split words, hyphens do not: "well-regarded" is one word, "U.S." is "u.s".
    """
    plain = _BREAKS.sub(" ", text.translate(_STRAIGHT).lower())
    return [word for token in plain.split() if (word := _EDGES.sub("", token))]


def runs(text: str, n: int) -> list[str]:
    """Return the runs of `n` words of one passage, in order; none where it is shorter."""
    found = words(text)
    return [" ".join(found[start : start + n]) for start in range(len(found) - n + 1)]


def fingerprint(run: str, n: int) -> str:
    """Return the fingerprint of a run of `n` words: five hexadecimal digits."""
    return hashlib.sha256(f"{SALT}|{n}|{run}".encode()).hexdigest()[:_DIGITS]


def fingerprints(text: str) -> pd.DataFrame:
    """Build the table of fingerprints of a text, one paragraph a line.

    Parameters
    ----------
    text : str
        The article; runs do not cross the end of a line.

    Returns
    -------
    pandas.DataFrame
        Columns ``n`` and ``fingerprint``, unique, sorted by both.
    """
    rows = {
        (n, fingerprint(run, n))
        for line in text.splitlines()
        for n in LENGTHS
        for run in runs(line, n)
    }
    return pd.DataFrame(sorted(rows), columns=["n", "fingerprint"])


@cache
def _known() -> frozenset[tuple[int, str]]:
    table = tables.read("article-runs")
    return frozenset(zip(table["n"].astype(int), table["fingerprint"], strict=True))


def passages(quotation: str) -> list[str]:
    """Split a quotation at its omissions and insertions; drop parts without a word."""
    return [part for part in _PARTS.split(quotation) if words(part)]


def missing_runs(quotation: str) -> list[str]:
    """Return the runs of a quotation that are not in the article.

    Parameters
    ----------
    quotation : str
        Without the quotation marks around it.  A passage of two or three words is one
        run; longer ones are checked in runs of four.  Single words cannot be checked:
        see `single_words`.

    Returns
    -------
    list of str
        Empty when every run is in the article.

    Raises
    ------
    ValueError
        The quotation has no words.
    """
    parts = passages(quotation)
    if not parts:
        message = f"a quotation without words: {quotation!r}"
        raise ValueError(message)
    lengths = [(part, min(max(LENGTHS), len(words(part)))) for part in parts]
    return [
        run
        for part, n in lengths
        if n in LENGTHS
        for run in runs(part, n)
        if (n, fingerprint(run, n)) not in _known()
    ]


def single_words(quotation: str) -> list[str]:
    """Return the passages of one word, which the fingerprints cannot check."""
    return [found[0] for part in passages(quotation) if len(found := words(part)) == 1]
