"""JSON Schemas (2020-12) of our files, generated from the types: `python -m servanda.formats.schema`.

The committed copies in `spec/` are compared with these in the tests, so that a type cannot change unseen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from servanda.model.act import Act
from servanda.model.licence import Licence
from servanda.model.party import Party
from servanda.model.text import Conventions, Text
from servanda.model.when import Duration, Instant, When

_WHEN = {
    "type": "string",
    "description": "an instant (RFC 3339 with offset), a day (2019-11-23), a month (2015-12) or unknown",
    "pattern": r"^(\d{4}-\d\d(-\d\d([Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d))?)?|unknown)$",
}
_INSTANT = {"type": "string", "format": "date-time"}
_DURATION = {"type": "string", "pattern": r"^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?$"}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each file, by the name of the file."""
    acts = _file("servanda/acts@1", "act", {"type": "array", "items": _schema(Act)})
    people = {"type": "object", "additionalProperties": _without_code(_schema(Party))}
    return {
        "instrument.schema.json": _schema(Text),
        "acts.schema.json": acts,
        "conventions.schema.json": _schema(Conventions),
        "parties.schema.json": _file("servanda/parties@1", "party", people),
        "licence.schema.json": _licence(),
    }


def _hook(kind: type) -> dict[str, Any]:
    if kind is When:
        return dict(_WHEN)
    if kind is Instant:
        return dict(_INSTANT)
    if kind is Duration:
        return dict(_DURATION)
    raise NotImplementedError(kind.__name__)


def _schema(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type or a union of types
    found = msgspec.json.schema(kind, schema_hook=_hook)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _file(name: str, field: str, inner: dict[str, Any]) -> dict[str, Any]:
    definitions = inner.get("items", inner.get("additionalProperties", {})).pop("$defs", {})
    for part in (inner.get("items"), inner.get("additionalProperties")):
        if isinstance(part, dict):
            part.pop("$schema", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["format", field],
        "additionalProperties": False,
        "properties": {"format": {"const": name}, field: inner},
        "$defs": definitions,
    }


def _licence() -> dict[str, Any]:
    """The zone of a licence is the regime's where its file names none; amounts are text or whole numbers."""
    schema = _schema(Licence)
    licence = schema["$defs"]["Licence"]
    for limit in ("quantity", "value"):
        schema["$defs"]["LicenceItem"]["properties"][limit]["anyOf"].append({"type": "integer"})
    licence["properties"]["format"] = {"const": "servanda/licence@1"}
    licence["required"] = ["format", *(name for name in licence["required"] if name != "zone")]
    return schema


def _without_code(schema: dict[str, Any]) -> dict[str, Any]:
    """A party's code is the key under which it stands."""
    party = schema["$defs"]["Party"]
    party["required"] = [name for name in party["required"] if name != "code"]
    party["properties"].pop("code")
    return schema


def printed(schema: dict[str, Any]) -> str:
    """Print a schema as it is committed."""
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main(folder: Path) -> None:
    """Write every schema into a folder."""
    for name, schema in schemas().items():
        (folder / name).write_text(printed(schema), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "spec"))
