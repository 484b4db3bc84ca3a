"""Packages as TOML: `[package."package-2019-11-22"]` each, read whole with every problem listed."""

from __future__ import annotations

from servanda.errors import CatalogueError
from servanda.formats.plainly import convert
from servanda.formats.toml import read_toml
from servanda.model.package import Package

FORMAT = "servanda/packages@1"


def read_packages(data: bytes, file: str) -> tuple[Package, ...]:
    """Read a file of packages.

    Raises:
        CatalogueError: the file has problems; all are listed.
    """
    plain = read_toml(data, file)
    problems: list[str] = []
    if plain.get("format") != FORMAT:
        problems.append(f'format: must be "{FORMAT}", not `{plain.get("format")}`')
    problems += [f"there is no field `{key}`" for key in plain if key not in ("format", "package")]
    found = []
    rows = plain.get("package", {})
    for name, row in (rows if isinstance(rows, dict) else {}).items():
        if isinstance(row, dict):
            package = convert(Package, {"id": name, **row}, f"package {name}", problems)
            if package is not None:
                found.append(package)
        else:
            problems.append(f'package {name}: write it as [package."{name}"]')
    if problems:
        raise CatalogueError(f"`{file}` has {len(problems)} problems", tuple(problems))
    return tuple(found)
