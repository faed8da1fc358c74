"""A process that makes pages loads no grammar that it has no use for."""

import json
import subprocess
import sys

from analysis import claims, lean
from analysis.paths import DATAPACKAGE

SCHEMAS = """
from analysis import lean
lean.without_grammar()
import sys
import jsonschema
validator = jsonschema.Draft202012Validator({"type": "integer"})
print([not list(validator.iter_errors(value)) for value in (1, "1")], "lark" in sys.modules)
"""


def test_schemas_are_checked_without_the_grammar():
    """An integer is one and a string is none; the parser of the grammar was not loaded."""
    done = subprocess.run([sys.executable, "-c", SCHEMAS], capture_output=True, text=True)
    assert done.stdout.strip() == "[True, False] False", done.stderr


def test_no_schema_names_a_format_of_the_grammar():
    """The grammar is of the formats iri and iri-reference, which nobody could then check."""
    for schema in (claims.json_schema(), json.loads(DATAPACKAGE.read_text(encoding="utf-8"))):
        assert '"format": "iri' not in json.dumps(schema)


def test_a_grammar_that_is_loaded_stays(monkeypatch):
    """Who needed it before goes on using it."""
    monkeypatch.setitem(sys.modules, lean.GRAMMAR, json)
    lean.without_grammar()
    assert sys.modules[lean.GRAMMAR] is json
