"""The configuration: strict, all problems at once, and written back as it is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import CatalogueError, FormatError, NodeError
from servanda.node.config import FILE, NodeConfig, PeerConfig, read_config, write_config

GOOD = 'format = "servanda/node@1"\nparty = "JP"\npeer_port = 8443\nlocal_port = 8080\n'
PEER = '[[peers]]\nparty = "KR"\nurl = "https://kr.example:8443"\nidentity = "KR:AAAA"\n'
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\x80\x85\x9f\u2028"))
PORTS = st.integers(1, 65535)


@st.composite
def configs(draw: st.DrawFn) -> NodeConfig:
    parties = draw(st.lists(TEXTS.filter(lambda name: ":" not in name), unique=True, max_size=4))
    return NodeConfig(
        party=draw(TEXTS),
        peer_port=draw(PORTS),
        local_port=draw(PORTS),
        host=draw(TEXTS.filter(bool)),
        database=draw(TEXTS.filter(lambda url: not url.startswith("sqlite:"))),
        catalogue=draw(TEXTS),
        clock=draw(TEXTS),
        most_object_bytes=draw(st.integers(1, 1 << 60)),
        peers=tuple(
            PeerConfig(party=party, url=f"https://peer:{draw(PORTS)}", identity=f"{party}:{draw(TEXTS)}")
            for party in parties
        ),
    )


def read(words: str | bytes) -> NodeConfig:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(words.encode() if isinstance(words, str) else words)
        return read_config(Path(folder))


def outcome(data: bytes) -> str:
    """Return the message of the error, or the name of the file where it is a configuration."""
    try:
        read(data)
    except FormatError as wrong:
        return str(wrong)
    return FILE


@given(configs())
def test_what_is_written_is_what_is_read(config: NodeConfig) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_config(config, Path(folder))
        assert read_config(Path(folder)) == config
        assert [path.name for path in Path(folder).iterdir()] == [FILE]


def test_what_is_left_out_has_its_value() -> None:
    config = read(GOOD)
    assert (config.host, config.clock, config.database) == ("127.0.0.1", "system", "")
    assert config.most_object_bytes == 8 * 1024**3
    assert config.peers == ()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (GOOD.replace("servanda/node@1", "servanda/node@9"), 'node.toml.format: must be "servanda/node@1"'),
        (GOOD.replace('party = "JP"\n', ""), "node.toml: the field `party` is missing"),
        (GOOD + "peer_prot = 1\n", "there is no field `peer_prot`, did you mean `peer_port`?"),
        (GOOD.replace("8443", '"8443"'), "node.toml.peer_port: expected a number, got text"),
        (GOOD.replace("8443", "0"), "node.toml.peer_port: `0` is not a port; it can be 1 to 65535"),
        (GOOD.replace("8080", "65536"), "node.toml.local_port: `65536` is not a port"),
        (GOOD + 'host = ""\n', "node.toml.host: is empty"),
        (GOOD + "most_object_bytes = 0\n", "node.toml.most_object_bytes: `0` is no length"),
        (
            GOOD + 'database = "sqlite:///here.db"\n',
            "node.toml.database: `sqlite:///here.db` has not its whole",
        ),
        (GOOD + PEER + PEER, "node.toml.peers[1].party: `KR` is there already"),
        (
            GOOD + PEER.replace("https:", "http:"),
            "node.toml.peers[0].url: `http://kr.example:8443` is not an",
        ),
        (GOOD + PEER.replace("8443", "84430"), "node.toml.peers[0].url: "),
        (GOOD + PEER.replace("kr.example", "[::1"), "node.toml.peers[0].url: "),
        (GOOD + PEER.replace("KR:AAAA", "US:AAAA"), "node.toml.peers[0].identity: is not that of `KR`"),
    ],
)
def test_a_problem_names_the_file_the_field_and_what_is_right(words: str, says: str) -> None:
    with pytest.raises(CatalogueError) as wrong:
        read(words)
    assert says in str(wrong.value)
    assert f"{FILE}` has" in str(wrong.value)


def test_all_problems_are_told_at_once() -> None:
    words = GOOD.replace("8443", "0").replace("8080", "0") + PEER + PEER.replace("https", "ftp")
    with pytest.raises(CatalogueError) as wrong:
        read(words)
    assert len(wrong.value.problems) == 4


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (GOOD + text).encode(errors="ignore"))
)
def test_whatever_the_file_holds_it_is_a_configuration_or_says_what_is_wrong(data: bytes) -> None:
    assert FILE in outcome(data)


@given(st.integers(0, len(GOOD + PEER) - 1), st.binary(min_size=1, max_size=3))
def test_a_damaged_configuration_is_read_or_says_what_is_wrong(place: int, damage: bytes) -> None:
    data = (GOOD + PEER).encode()
    assert FILE in outcome(data[:place] + damage + data[place + 1 :])


@pytest.mark.parametrize("text", ["a\nb", "a\x00", "a\x7f", "\ud800"])
def test_what_could_not_be_read_back_is_not_written(tmp_path: Path, text: str) -> None:
    write_config(read(GOOD), tmp_path)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(FormatError, match="cannot stand in a configuration"):
        write_config(NodeConfig(party="JP", peer_port=1, local_port=2, catalogue=text), tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    write_config(read(GOOD), tmp_path)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_folder_without_a_node_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(NodeError, match=r"no node in .*; make one with `servanda node init`"):
            read_config(home)


def test_a_configuration_that_is_there_and_cannot_be_read_is_not_a_missing_node(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(NodeError, match="cannot be read: Is a directory"):
        read_config(tmp_path)


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match="cannot be written: No such file"):
        write_config(read(GOOD), tmp_path / "nowhere")


FULL = """
import resource, signal, sys
from pathlib import Path
from servanda.errors import NodeError
from servanda.node.config import NodeConfig, write_config
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))
try:
    write_config(NodeConfig(party="JP", peer_port=1, local_port=2, catalogue="x" * 500), Path(sys.argv[1]))
except NodeError as wrong:
    print(wrong)
"""


def test_on_a_full_disk_the_configuration_is_the_one_before(tmp_path: Path) -> None:
    write_config(read(GOOD), tmp_path)
    before = (tmp_path / FILE).read_bytes()
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], check=True, capture_output=True, text=True)
    assert "cannot be written" in done.stdout
    assert os.listdir(tmp_path) == [FILE]  # noqa: PTH208 - names are what is asked
    assert (tmp_path / FILE).read_bytes() == before


KILLED = """
import os, signal, sys
from pathlib import Path
from servanda.node import config
config.flush_folder = os.fsync = lambda _handle: os.kill(os.getpid(), signal.SIGKILL)
config.write_config(config.NodeConfig(party="KR", peer_port=1, local_port=2), Path(sys.argv[1]))
"""


def test_a_kill_while_it_is_written_leaves_the_configuration_before(tmp_path: Path) -> None:
    write_config(read(GOOD), tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert read_config(tmp_path) == read(GOOD)


def test_an_unknown_peer_is_told_with_those_that_are_known() -> None:
    config = read(GOOD + PEER)
    assert config.peer("KR").url == "https://kr.example:8443"
    with pytest.raises(NodeError, match="no peer `US`; this node's peers are KR"):
        config.peer("US")
