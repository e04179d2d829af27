"""A third of the entities, by hash."""

from __future__ import annotations

from mimic.data.hold_out import is_held_out

# Digests anybody can look up. 16 leaves the rest 1 by 3 and by 5, so a number in hexadecimal
# leaves the rest of the sum of its digits.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # sums to 430
HELLO = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"  # sums to 564


def test_the_hash_of_the_identifier_decides() -> None:
    assert [sum(int(digit, 16) for digit in text) for text in (ABC, HELLO)] == [430, 564]
    assert not is_held_out("abc")  # 430 = 3 * 143 + 1
    assert is_held_out("hello world")  # 564 = 3 * 188
    assert is_held_out("abc", parts=5)  # 430 = 5 * 86


def test_every_part_is_about_as_large() -> None:
    share = sum(is_held_out(f"Q{number}") for number in range(3000)) / 3000
    assert 0.30 < share < 0.37
