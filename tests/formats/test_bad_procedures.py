"""Mistakes in procedures, proceedings, conditions and packages: each named, with what would be right."""

from __future__ import annotations

import pytest

from servanda.errors import CatalogueError
from servanda.formats.catalogue import read_catalogue
from servanda.model.instrument import Registry

PARTIES = (
    'format = "servanda/parties@1"\n[party.X]\nkind = "state"\nname.en = "X"\nseat = "UTC"\n'
    '[party.Y]\nkind = "state"\nname.en = "Y"\nseat = "UTC"\n'
)
HEAD = 'format = "servanda/instrument@1"\nkind = "dispute"\nversion = 1\ntitle.en = "t"\n'
RULES = (
    HEAD
    + """id = "rules"
parties = ["X", "Y"]
[clause."1"]
kind = "procedure"
stages = { asked = {}, over = { final = true } }
steps = [
  { name = "ask", by = ["one"], to = "asked", begins = true },
  { name = "answer", by = ["other"], at = ["asked"], to = "over" },
]
limits = [ { name = "answer", bound = "latest", counts_from = "ask", after = "P10D", met_by = ["answer"] } ]
"""
)
CASE = HEAD + 'id = "case"\nparties = ["X", "Y"]\n[clause."1"]\nkind = "proceeding"\nfollows = "rules"\n'
CASE += 'roles = { one = ["X"], other = ["Y"] }\n'
ACT = '{ id = "a", kind = "take-step", step = "ask", by = ["X"], '
ACT += "done = 2020-01-01, seen = 2020-01-02T00:00:00Z }"


def read(rules: str = RULES, case: str = CASE, *acts: str, **more: str) -> Registry:
    rows = ", ".join(acts or (ACT,))
    files = {
        "parties/all.toml": PARTIES,
        "rules/text-1.toml": rules,
        "case/text-1.toml": case,
        "case/acts.toml": f'format = "servanda/acts@1"\nact = [{rows}]\n',
        **{name.replace("__", "/") + ".toml": text for name, text in more.items()},
    }
    return read_catalogue({name: text.encode() for name, text in files.items()})


def test_a_good_procedure_and_its_proceeding_are_read() -> None:
    registry = read()
    assert registry.instrument("case").procedure == registry.instrument("rules").texts[0]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('to = "over"', 'to = "ovr"', "step answer: no stage `ovr`, did you mean `over`?"),
        ('at = ["asked"]', 'at = ["askd"]', "no stage `askd`, did you mean `asked`?"),
        ('counts_from = "ask"', 'counts_from = "aks"', "counts_from: no step or limit `aks`"),
        (
            'met_by = ["answer"]',
            'met_by = ["anser"]',
            "limit answer: no step `anser`, did you mean `answer`?",
        ),
        ('counts_from = "ask", after', 'counts_from = "later", after', "no step or limit `later`"),
        (', after = "P10D"', "", "needs `after`, or a date that its step names"),
        ('bound = "latest"', 'bound = "earliest"', "of bound earliest says what it `opens`"),
        ("over = { final = true }", "over = {}", "stage over: nothing leads out of it"),
        (
            "over = { final = true }",
            "over = { final = true }, lost = { final = true }",
            "stage lost: no step or limit",
        ),
        (", begins = true }", ", begins = true, returns = true }", "leads `to` a stage or `returns`"),
    ],
)
def test_a_procedure_with_a_mistake_is_refused(old: str, new: str, says: str) -> None:
    assert old in RULES
    with pytest.raises(CatalogueError) as wrong:
        read(RULES.replace(old, new))
    assert says in str(wrong.value)


def test_limits_that_count_from_each_other_are_refused() -> None:
    circle = RULES.replace(
        "limits = [",
        'limits = [ { name = "p", bound = "target", counts_from = "q", after = "P1D" }, '
        '{ name = "q", bound = "target", counts_from = "p", after = "P1D" },',
    )
    with pytest.raises(CatalogueError, match="limit p: counts from itself"):
        read(circle)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('follows = "rules"', 'follows = "ruls"', "follows: no instrument `ruls`, did you mean `rules`?"),
        ('follows = "rules"', 'follows = "case"', "`case` has no procedure"),
        ('one = ["X"]', 'onne = ["X"]', "no role of the procedure `onne`, did you mean `one`?"),
        ('one = ["X"]', 'one = ["Z"]', "roles.one: no party `Z`"),
    ],
)
def test_a_proceeding_with_a_mistake_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(CatalogueError) as wrong:
        read(RULES, CASE.replace(old, new))
    assert says in str(wrong.value)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (ACT.replace('"ask"', '"asc"'), "step: no step of the procedure `asc`, did you mean `ask`?"),
        (
            ACT.replace("by =", 'while = { instrument = "elsewhere", says = "w" }, by ='),
            "while: no instrument `elsewhere`",
        ),
        (ACT.replace("by =", 'package = "p", by ='), "package: no package `p`"),
        (ACT.replace('kind = "take-step", step = "ask"', 'kind = "resume", of = "a"'), "`a` is not a halt"),
        (ACT.replace('kind = "take-step", step = "ask"', 'kind = "meet", number = 0'), "numbered from 1"),
    ],
)
def test_an_act_of_a_proceeding_with_a_mistake_is_refused(act: str, says: str) -> None:
    with pytest.raises(CatalogueError) as wrong:
        read(RULES, CASE, act)
    assert says in str(wrong.value)


def test_a_step_in_what_is_no_proceeding_is_refused() -> None:
    rules_with_step = {"rules__acts": f'format = "servanda/acts@1"\nact = [{ACT}]\n'}
    with pytest.raises(CatalogueError, match="`rules` is no proceeding"):
        read(RULES, CASE, ACT, **rules_with_step)


PACKAGE = 'format = "servanda/packages@1"\n[package.p]\ntitle.en = "t"\ndone = 2020-01-01\n'
IN_PACKAGE = ACT.replace("by =", 'package = "p", by =')


def test_a_package_with_its_act_is_read() -> None:
    assert read(RULES, CASE, IN_PACKAGE, packages__one=PACKAGE).packages["p"].title == {"en": "t"}


@pytest.mark.parametrize(
    ("package", "act", "says"),
    [
        (PACKAGE, ACT, "package p: no act is part of it"),
        (PACKAGE + 'cause = [{ instrument = "x", act = "a" }]\n', IN_PACKAGE, "cause: no instrument `x`"),
        (PACKAGE + 'cause = [{ instrument = "case", act = "b" }]\n', IN_PACKAGE, "no act of case `b`"),
        (PACKAGE.replace("package.p", "package.case"), IN_PACKAGE, "an instrument has the same id"),
        (PACKAGE.replace("packages@1", "packages@2"), IN_PACKAGE, 'must be "servanda/packages@1"'),
        (PACKAGE + "sorce = 1\n", IN_PACKAGE, "sorce"),
        (PACKAGE.replace("[package.p]", "[package]"), IN_PACKAGE, "write it as [package."),
    ],
)
def test_a_package_with_a_mistake_is_refused(package: str, act: str, says: str) -> None:
    with pytest.raises(CatalogueError) as wrong:
        read(RULES, CASE, act, packages__one=package)
    assert says in str(wrong.value)
