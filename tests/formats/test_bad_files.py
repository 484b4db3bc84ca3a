"""One bad file for each mistake; the message alone must be enough to mend it. Each file says its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import CatalogueError
from servanda.formats.acts import read_acts
from servanda.formats.catalogue import read_catalogue
from servanda.formats.documents import read_text

BAD = sorted(Path(__file__).parents[1].joinpath("vectors", "bad").glob("*.toml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_names_every_mistake_and_what_would_be_right(path: Path) -> None:
    data = path.read_bytes()
    expected = [line[10:] for line in data.decode().splitlines() if line.startswith("# expect: ")]
    assert expected
    reader = read_text if path.stem.startswith("text") else read_acts
    with pytest.raises(CatalogueError) as wrong:
        reader(data, path.name)
    assert path.name in str(wrong.value)
    for line in expected:
        assert line in str(wrong.value)


PARTY = b'format = "servanda/parties@1"\n[party.X]\nkind = "state"\nname.en = "X"\nseat = "UTC"\n'
OTHER = PARTY.replace(b"party.X", b"party.Y")
TEXT = b"""format = "servanda/instrument@1"
id = "x-y"
kind = "protection-agreement"
version = 1
title.en = "t"
parties = ["X", "Y"]
"""


def catalogue(**changes: bytes) -> dict[str, bytes]:
    files = {"parties/x.toml": PARTY, "parties/y.toml": OTHER, "x-y/text-1.toml": TEXT}
    return {
        **files,
        **{name.replace("__", "/").replace("_toml", ".toml"): data for name, data in changes.items()},
    }


def acts(*rows: str) -> bytes:
    return f'format = "servanda/acts@1"\nact = [\n{",".join(rows)}\n]'.encode()


NOTICE = '{ id = "n", kind = "give-notice", by = ["X"], done = 2020-01-01, seen = 2020-01-02T00:00:00Z }'


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"x-y/text-1.toml": TEXT.replace(b'"Y"', b'"Yy"')}, "no party `Yy`, did you mean `Y`?"),
        ({"x-y/text-1.toml": TEXT.replace(b"x-y", b"x-z")}, "`x-z` is not the name of its folder"),
        ({"x-y/text-2.toml": TEXT}, "version: `1` is not that of the file"),
        (
            {"x-y/text-1.toml": TEXT + b'unread = ["termm"]\n'},
            "no kind of clause `termm`, did you mean `term`?",
        ),
        ({"x-y/notes.txt": b""}, "not a file of an instrument"),
        ({"parties/y.toml": OTHER.replace(b'"UTC"', b'"Asia/Soul"')}, "`Asia/Soul` is not a zone"),
        ({"parties/y.toml": OTHER.replace(b'"UTC"', b'"../../etc/passwd"')}, "is not a zone"),
        ({"parties/z.toml": PARTY}, "party X: stands in two files"),
        ({"x-y/acts.toml": acts(NOTICE, NOTICE)}, "act n: the id stands twice"),
        ({"x-y/acts.toml": acts(NOTICE.replace('"X"', '"Q"'))}, "by: no party `Q`"),
        (
            {
                "x-y/acts.toml": acts(
                    NOTICE, NOTICE.replace('"n"', '"w"').replace("give", "withdraw")[:-1] + ', of = "m" }'
                )
            },
            "of: no act `m`",
        ),
        (
            {
                "x-y/acts.toml": acts(
                    NOTICE.replace("give-notice", "announce"),
                    NOTICE.replace('"n"', '"w"').replace("give", "withdraw")[:-1] + ', of = "n" }',
                )
            },
            "of: `n` is a announce, not a give-notice or suspend-notice",
        ),
        ({"x-y/acts.toml": acts(NOTICE.replace("2020-01-02", "2019-01-02"))}, "is before it was done"),
    ],
)
def test_files_that_contradict_each_other_are_refused_with_the_place(
    files: dict[str, bytes], says: str
) -> None:
    whole = {**catalogue(), **files}
    if "x-y/text-1.toml" in files and b"x-z" in files["x-y/text-1.toml"]:
        whole["x-y/text-1.toml"] = files["x-y/text-1.toml"]
    with pytest.raises(CatalogueError) as wrong:
        read_catalogue(whole)
    assert says in str(wrong.value)


def test_all_problems_of_all_files_come_at_once() -> None:
    files = {**catalogue(), "x-y/acts.toml": acts(NOTICE.replace('"X"', '"Q"')), "parties/z.toml": PARTY}
    with pytest.raises(CatalogueError) as wrong:
        read_catalogue(files)
    assert len(wrong.value.problems) == 2
