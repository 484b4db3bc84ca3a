"""The law of a node, arranged once and asked often, answers as if it were arranged for each question."""

from __future__ import annotations

import threading
from random import Random

from asking import catalogue, instant
from servanda.decisions import judge
from servanda.model.decision import Decision, ReleaseRequest
from servanda.model.when import FOREVER, Instant
from servanda.node.judging import Judging

PAIRS = [("JP", "KR"), ("KR", "JP"), ("JP", "US"), ("US", "KR"), ("DE", "FR"), ("FR", "DE"), ("KR", "US")]


def questions(number: int) -> list[ReleaseRequest]:
    """Questions on the real agreements, at instants before and after most of their acts."""
    chance = Random(3)  # noqa: S311 - the same questions each time
    registry = catalogue()
    found = []
    for _ in range(number):
        holder, recipient = chance.choice(PAIRS)
        levels = registry.party(holder).levels
        if not levels:
            continue
        at = instant(
            f"{chance.randint(2005, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} 12:00"
        )
        marking = chance.choice(levels).word
        found.append(ReleaseRequest(holder, recipient, (holder,), marking, at, known=at))
    return found


def plainly(decision: Decision) -> tuple[object, ...]:
    one = decision.judgement
    return (one.outcome, one.because, one.via, one.equivalent, one.duties, one.missing, one.since, one.until)


def test_every_answer_is_that_of_a_question_asked_alone() -> None:
    law = Judging(catalogue())
    for request in questions(120):
        assert plainly(law.judge(request)) == plainly(judge(catalogue(), request))


def test_many_threads_at_once_get_the_answers_of_one() -> None:
    law = Judging(catalogue())
    asked = questions(60)
    expected = [plainly(judge(catalogue(), one)) for one in asked]
    wrong: list[ReleaseRequest] = []

    def ask(start: int) -> None:
        for number in range(start, start + len(asked)):
            place = number % len(asked)
            if plainly(law.judge(asked[place])) != expected[place]:
                wrong.append(asked[place])

    threads = [threading.Thread(target=ask, args=(7 * number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []


def test_between_two_acts_one_arrangement_is_enough_and_few_are_kept() -> None:
    law = Judging(catalogue())
    seen = sorted({act.seen for one in catalogue().instruments.values() for act in one.acts})
    first, second = seen[0], seen[1]
    with law.index(first) as index:
        kept = index
    with law.index(Instant(first.utc + (second.utc - first.utc) / 2)) as index:
        assert index is kept
    with law.index(second) as index:
        assert index is not kept
    for one in seen:
        with law.index(one):
            pass
    assert len(law._indexes) == 4


def test_it_says_when_it_next_learns_of_an_act() -> None:
    law = Judging(catalogue())
    seen = sorted({act.seen for one in catalogue().instruments.values() for act in one.acts})
    assert law.learns(seen[0]) == seen[1]
    assert law.learns(seen[-1]) == FOREVER
    assert law.last_seen(seen[1]) == seen[1]
