"""Run one proof in this process: ``python -m analysis.honesty KIND FILE``, a request as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from analysis.honesty import memory


def main(kind: str, request: str) -> None:
    """Watch the caches, then load the measures, then run the proof."""
    asked = json.loads(Path(request).read_text(encoding="utf-8"))
    if kind == "code":
        from analysis.honesty import switch

        switch.note_calls()
    memory.install()
    if kind == "code":
        from analysis.honesty import code_mutation

        code_mutation.run_here(**asked)
    else:
        from analysis.honesty import data_mutation

        data_mutation.run_here(**asked)


if __name__ == "__main__":
    main(*sys.argv[1:])
