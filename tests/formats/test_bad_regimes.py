"""A regime with a mistake: the message names the clause or act, and what was probably meant."""

from __future__ import annotations

from importlib import resources

import pytest

from servanda.errors import CatalogueError
from servanda.formats.catalogue import read_catalogue

FOLDER = resources.files("servanda.catalogue").joinpath("jp-export-control")
FILES = {
    "parties/x.toml": b'format = "servanda/parties@1"\n[party.JP]\nkind = "state"\n'
    b'name.en = "Japan"\nseat = "Asia/Tokyo"\n'
}
FILES |= {f"jp-export-control/{one.name}": one.read_bytes() for one in FOLDER.iterdir()}
TEXT, ACTS = "jp-export-control/text-1.toml", "jp-export-control/acts.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (ACTS, 'removes = ["KR"]', 'removes = ["KO"]', "no destination of ISO 3166-1 `KO`"),
        (
            ACTS,
            '{ group = "Group C", name',
            '{ group = "Group E", name',
            "no country group `Group E`, did you mean",
        ),
        (ACTS, 'excludes = ["general-bulk"', 'excludes = ["white-bulk"', "no licence type `white-bulk`"),
        (ACTS, 'items = ["1-(3)(1)"', 'items = ["1-(3)(9)"', "no item of a list `1-(3)(9)`"),
        (ACTS, "effect = 2019-07-04", "effect = 2019-06-04", "effect: 2019-06-04 is before it was done"),
        (ACTS, 'of = "jp-three-items-2019"', 'of = "jp-order-2019"', "is not a limit-licences"),
        (
            ACTS,
            'clauses = ["Appended Table 1, entry 16 (WMD)"',
            'clauses = ["entry 16"',
            "no catch-all `entry 16`",
        ),
        (
            TEXT,
            'never_to       = ["Appended Table 4"]',
            'never_to       = ["Table 4"]',
            "no country group `Table 4`",
        ),
        (TEXT, 'lists      = ["Appended Table 1"]', 'lists      = ["Table 1"]', "no control list `Table 1`"),
        (
            TEXT,
            'name     = "special-bulk"',
            'name     = "general-bulk"',
            "licence type general-bulk: stands twice",
        ),
        (TEXT, 'number = "1-(6)"', 'number = "1-(5)"', "items: `1-(5)` stands twice"),
        (TEXT, 'parties   = ["JP"]', "parties   = []", "a regime is of one party"),
        (TEXT, 'kind      = "export-control"', 'kind      = "alliance"', "is no export-control regime"),
        (
            TEXT,
            'needs    = ["each-contract"]',
            'needs    = ["a-contract"]',
            "`a-contract` is not a word for this",
        ),
    ],
)
def test_a_regime_with_a_mistake_is_refused_with_what_is_wrong(
    file: str, old: str, new: str, says: str
) -> None:
    content = FILES[file].decode()
    assert old in content
    with pytest.raises(CatalogueError) as wrong:
        read_catalogue({**FILES, file: content.replace(old, new).encode()})
    assert says in str(wrong.value)
    read_catalogue(FILES)
