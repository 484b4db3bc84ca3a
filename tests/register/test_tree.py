"""The tree against the recursive definition of RFC 6962, for every size up to 130."""

from __future__ import annotations

from itertools import pairwise

import pytest

from register import naive
from servanda.errors import ProofError
from servanda.register import EMPTY_ROOT, leaf_hash, node_hash, verify_consistency, verify_inclusion
from servanda.register.tree import completed_by, consistency, inclusion, root

MOST = 130
DATA = [b"entry %d" % one for one in range(MOST)]

# The eight inputs and the roots that the Certificate Transparency projects publish as test values.
KNOWN_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Nodes:
    """Complete nodes, kept as an append would; counts what is read."""

    def __init__(self, data: list[bytes]) -> None:
        self.kept: dict[tuple[int, int], bytes] = {}
        self.reads = 0
        for position, one in enumerate(data):
            found = self.kept[0, position] = leaf_hash(one)
            for level, index in completed_by(position):
                found = self.kept[level, index] = node_hash(self.kept[level - 1, index * 2], found)

    def __call__(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.kept[level, index]


NODES = Nodes(DATA)
ROOTS = [naive.mth(DATA[:size]) for size in range(MOST + 1)]


def test_the_published_roots_of_certificate_transparency_come_out() -> None:
    nodes = Nodes([bytes.fromhex(one) for one in KNOWN_INPUTS])
    assert [root(nodes, size).hex() for size in range(1, 9)] == KNOWN_ROOTS


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(NODES, 0) == EMPTY_ROOT == naive.mth([])


def test_every_root_is_that_of_the_definition() -> None:
    assert [root(NODES, size) for size in range(MOST + 1)] == ROOTS


def test_every_inclusion_path_is_that_of_the_definition_and_verifies() -> None:
    for size in range(1, MOST + 1):
        for position in range(size):
            found = inclusion(NODES, position, size)
            assert found == naive.path(position, DATA[:size])
            verify_inclusion(leaf_hash(DATA[position]), position, size, found, ROOTS[size])


def test_every_consistency_proof_is_that_of_the_definition_and_verifies() -> None:
    for new in range(MOST + 1):
        for old in range(new + 1):
            found = consistency(NODES, old, new)
            if old:
                assert found == naive.proof(old, DATA[:new])
            verify_consistency(old, new, found, ROOTS[old], ROOTS[new])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 64, 100])
def test_an_inclusion_path_proves_one_position_of_one_size_only(size: int) -> None:
    for position in range(size):
        found = inclusion(NODES, position, size)
        leaf = leaf_hash(DATA[position])
        for other in {0, position - 1, position + 1, size - 1, size} - {position}:
            with pytest.raises(ProofError):
                verify_inclusion(leaf, other, size, found, ROOTS[size])
        for at in range(len(found)):
            without = found[:at] + found[at + 1 :]
            with pytest.raises(ProofError):
                verify_inclusion(leaf, position, size, without, ROOTS[size])
        with pytest.raises(ProofError):
            verify_inclusion(leaf, position, size, [*found, found[-1] if found else leaf], ROOTS[size])
        with pytest.raises(ProofError):
            verify_inclusion(leaf_hash(b"other"), position, size, found, ROOTS[size])


@pytest.mark.parametrize(
    ("old", "new"), [(1, 2), (3, 7), (4, 7), (6, 8), (8, 13), (63, 64), (64, 65), (100, 130)]
)
def test_any_bit_of_a_consistency_proof_counts(old: int, new: int) -> None:
    found = consistency(NODES, old, new)
    for at, one in enumerate(found):
        for bit in range(256):
            flipped = (int.from_bytes(one, "big") ^ 1 << bit).to_bytes(32, "big")
            with pytest.raises(ProofError):
                verify_consistency(old, new, [*found[:at], flipped, *found[at + 1 :]], ROOTS[old], ROOTS[new])


@pytest.mark.parametrize(("position", "size"), [(0, 2), (2, 3), (6, 7), (5, 8), (12, 13), (99, 100)])
def test_any_bit_of_an_inclusion_path_counts(position: int, size: int) -> None:
    found = inclusion(NODES, position, size)
    for at, one in enumerate(found):
        for bit in range(256):
            flipped = (int.from_bytes(one, "big") ^ 1 << bit).to_bytes(32, "big")
            path = [*found[:at], flipped, *found[at + 1 :]]
            with pytest.raises(ProofError):
                verify_inclusion(leaf_hash(DATA[position]), position, size, path, ROOTS[size])


def test_a_rewritten_beginning_has_no_consistency_proof() -> None:
    for altered in (0, 5, 19):
        rewritten = Nodes([b"rewritten" if at == altered else one for at, one in enumerate(DATA[:40])])
        with pytest.raises(ProofError):
            verify_consistency(20, 40, consistency(rewritten, 20, 40), ROOTS[20], root(rewritten, 40))


def test_two_trees_of_one_size_need_one_root_and_no_proof() -> None:
    verify_consistency(5, 5, [], ROOTS[5], ROOTS[5])
    with pytest.raises(ProofError):
        verify_consistency(5, 5, [], ROOTS[5], ROOTS[6])
    with pytest.raises(ProofError):
        verify_consistency(5, 5, [ROOTS[1]], ROOTS[5], ROOTS[5])


def test_the_empty_tree_is_a_beginning_of_all_only_with_its_own_root() -> None:
    verify_consistency(0, 5, [], EMPTY_ROOT, ROOTS[5])
    verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    for old_root, found in ((ROOTS[1], []), (EMPTY_ROOT, [ROOTS[1]])):
        with pytest.raises(ProofError):
            verify_consistency(0, 5, found, old_root, ROOTS[5])
    with pytest.raises(ProofError):
        verify_consistency(0, 0, [], ROOTS[1], ROOTS[1])


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3), (2, -1)])
def test_sizes_that_cannot_be_are_refused(old: int, new: int) -> None:
    with pytest.raises(ProofError):
        verify_consistency(old, new, [], ROOTS[2], ROOTS[3])


def test_a_hash_of_another_length_is_refused_wherever_it_stands() -> None:
    with pytest.raises(ProofError):
        verify_inclusion(b"short", 0, 1, [], b"short")
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(b""), 0, 2, [b""], ROOTS[2])
    with pytest.raises(ProofError):
        verify_consistency(1, 2, [b""], ROOTS[1], ROOTS[2])


def test_a_proof_from_nothing_is_refused() -> None:
    with pytest.raises(ProofError):
        verify_consistency(3, 7, [], ROOTS[3], ROOTS[7])


def test_questions_read_few_nodes() -> None:
    big = Nodes([b"%d" % one for one in range(5000)])
    reads = []
    for ask in (
        lambda: root(big, 4999),
        lambda: inclusion(big, 0, 4999),
        lambda: inclusion(big, 4998, 4999),
        lambda: consistency(big, 2731, 4999),
    ):
        big.reads = 0
        ask()
        reads.append(big.reads)
    assert max(reads) <= 3 * 13  # 2^13 > 5000


def test_nodes_are_completed_once_each_in_order_from_below() -> None:
    every = [one for position in range(64) for one in completed_by(position)]
    assert len(every) == len(set(every)) == 63
    assert all(low[0] < high[0] for at in range(64) for low, high in pairwise(completed_by(at)))
