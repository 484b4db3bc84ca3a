"""The clock: asked in one place, never trusted backwards, and shown when somebody drives it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import ClockError
from servanda.node.clock import TOLERANCE, DrivenClock, GuardedClock, SystemClock

FLOOR = datetime(2019, 11, 22, 9, tzinfo=UTC)
LENGTHS = st.timedeltas(timedelta(days=-400), timedelta(days=400))


class Still:
    """A clock that stands still."""

    name = "still"

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def driven(folder: Path, written: bytes) -> DrivenClock:
    (folder / "clock").write_bytes(written)
    return DrivenClock(folder / "clock")


def test_the_machines_clock_tells_utc() -> None:
    clock = SystemClock()
    assert clock.name == "system"
    assert clock.now().tzinfo is UTC
    assert clock.now() <= clock.now()


@pytest.mark.parametrize(
    "written",
    ["2019-11-22T18:00:00+09:00", "2019-11-22T09:00:00Z\n", "2019-11-22T18:00:00+09:00[Asia/Seoul]\r\n"],
)
def test_a_driven_clock_tells_the_instant_of_its_file_and_that_it_is_driven(
    tmp_path: Path, written: str
) -> None:
    clock = driven(tmp_path, written.encode())
    assert clock.now() == FLOOR
    assert clock.now().tzinfo is UTC
    assert clock.name == "driven"


def test_a_driven_clock_is_read_each_time(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    clock = DrivenClock(path)
    for day in (22, 23, 21):
        path.write_text(f"2019-11-{day}T00:00:00Z")
        assert clock.now() == datetime(2019, 11, day, tzinfo=UTC)


@given(st.binary(max_size=400))
def test_whatever_is_in_its_file_a_driven_clock_tells_an_instant_or_what_to_write(written: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = driven(Path(folder), written)
        try:
            told = clock.now()
        except ClockError as wrong:
            hint = wrong.hint
        else:
            hint = "write an instant"
            assert told.tzinfo is UTC
    assert "write an instant" in hint


@pytest.mark.parametrize(
    "written", [b"\xff\xfe", b"", b"2019-11-22", b"2019-11-22T18:00:00", b"9" * (1 << 20)]
)
def test_a_file_without_an_instant_is_no_clock(tmp_path: Path, written: bytes) -> None:
    with pytest.raises(ClockError, match="cannot be read"):
        driven(tmp_path, written).now()


def test_a_file_that_is_gone_is_no_clock(tmp_path: Path) -> None:
    with pytest.raises(ClockError, match="No such file"):
        DrivenClock(tmp_path / "gone").now()


@given(LENGTHS)
def test_a_guarded_clock_never_tells_less_than_what_is_recorded(step: timedelta) -> None:
    clock = GuardedClock(Still(FLOOR + step), lambda: FLOOR)
    if step >= timedelta(0):
        assert clock.now() == FLOOR + step
    elif -step <= TOLERANCE:
        assert clock.now() == FLOOR
    else:
        with pytest.raises(ClockError, match="set the clock right"):
            clock.now()


@pytest.mark.parametrize(
    ("back", "told"), [(timedelta(seconds=2), True), (timedelta(seconds=2, microseconds=1), False)]
)
def test_two_seconds_are_the_most_that_it_may_step_back(back: timedelta, *, told: bool) -> None:
    clock = GuardedClock(Still(FLOOR - back), lambda: FLOOR)
    if told:
        assert clock.now() == FLOOR
    else:
        with pytest.raises(ClockError) as wrong:
            clock.now()
        assert "2019-11-22T09:00:00+00:00" in str(wrong.value)


def test_before_anything_is_recorded_every_instant_is_told() -> None:
    assert GuardedClock(Still(FLOOR), lambda: None).now() == FLOOR


def test_a_guarded_clock_bears_the_name_of_the_clock_that_it_guards(tmp_path: Path) -> None:
    assert GuardedClock(driven(tmp_path, b""), lambda: None).name == "driven"
