"""The house itself: files of a size that one can read, names that mean something, papers that are true."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from servanda import errors
from servanda.doors.cli import run
from servanda.model.status import Phase

ROOT = Path(__file__).parents[1]
LAPSE = [
    "decide",
    "--holder",
    "JP",
    "--recipient",
    "KR",
    "--marking",
    "極秘",
    "--topic",
    "dprk-missile",
    *("--at", "2019-11-23T00:00:00+09:00"),
    *("--assume", "omit kr-suspension-2019"),
]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_file_is_over_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


def test_the_median_file_can_be_read_in_a_minute() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in SOURCES if path.name != "__init__.py")
    assert lengths[len(lengths) // 2] <= 150


def test_nothing_is_called_by_a_name_that_means_nothing() -> None:
    banned = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}
    assert [path for path in SOURCES if path.stem in banned or path.parent.name in banned] == []


def test_only_the_clock_asks_the_time() -> None:
    asking = re.compile(r"datetime\.now|date\.today|time\.time\(|utcnow")
    assert [path.name for path in SOURCES if asking.search(path.read_text())] == ["clock.py"]


def test_names_with_an_underscore_stay_in_their_file() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("servanda"):
                assert [alias.name for alias in node.names if alias.name.startswith("_")] == [], path


def test_every_error_is_in_the_tree_that_is_drawn() -> None:
    assert errors.__doc__ is not None
    for name in errors.__all__:
        assert name in errors.__doc__
        assert issubclass(getattr(errors, name), errors.ServandaError)


def test_every_room_is_on_the_page_of_the_architecture() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [path.name for path in (ROOT / "src" / "servanda").iterdir() if (path / "__init__.py").exists()]
    assert [room for room in rooms if f"`{room}`" not in page and f"`{room}/`" not in page] == []


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text().lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.split(r"[\[>=]", line)[0] for line in project["dependencies"]]
    assert [name for name in names if name not in page] == []


def test_the_files_that_the_architecture_names_exist() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = "doors|node|exchange|decisions|register|vault|status|formats|model"
    named = re.findall(rf"`((?:{rooms})/[\w/]+\.py)", page)
    assert named
    assert [name for name in named if not (ROOT / "src" / "servanda" / name).exists()] == []


def test_the_readmes_agreement_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text()
    files = re.findall(r"`(mine/[^`]+)`\n\n```toml\n(.*?)```", readme, re.DOTALL)
    assert len(files) == 3
    for name, body in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body)
    (command,) = re.findall(r"servanda (decide --catalogue mine [^\n]+)", readme)
    assert run(command.replace("mine", str(tmp_path / "mine"), 1).split()) == 0
    assert "restricted" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["status", "jp-kr-2016", "--at", "2019-11-22T18:00:00+09:00"], "in force, disputed"),
        (
            LAPSE,
            "jp-kr-2016 has ended, and nothing revives it",
        ),
    ],
)
def test_the_readmes_screen_is_what_the_commands_print(
    capsys: pytest.CaptureFixture[str], command: list[str], says: str
) -> None:
    run(command)
    assert says in capsys.readouterr().out
    assert says in (ROOT / "README.md").read_text()


def test_every_command_of_the_readme_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    known = capsys.readouterr().out
    rows = re.findall(r"^\| (`[^|]+`) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    words = {word.split()[0] for row in rows for word in re.findall(r"`([^`]+)`", row)}
    assert len(words) > 10
    assert [word for word in words if word not in known] == []


def test_every_phase_has_its_colour_on_the_page() -> None:
    style = (ROOT / "src/servanda/doors/web/templates/style.css").read_text(encoding="utf-8")
    assert [phase.value for phase in Phase if f".{phase.value}" not in style] == []
