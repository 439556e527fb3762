"""Who has been met in a roster, in as little memory as possible. Pure."""

from array import array

_SMALLEST = 1 << 10
_NOTHING = 0


class FingerprintTable:
    """Fingerprint → number of a row (from 1 up to 4,294,967,295); hexadecimal text of 16 digits or more.

    Open addressing over two arrays: 12 bytes a slot, at most two thirds of them taken, so 18 to 36
    bytes a person (a dictionary needs some 200). Only the first 64 bits are compared: among half a
    million people two are taken for one with a probability of 1 in 150 million.
    """

    def __init__(self) -> None:
        self._count = 0
        self._keys = array("Q", bytes(8 * _SMALLEST))
        self._numbers = array("I", bytes(4 * _SMALLEST))

    def __len__(self) -> int:
        return self._count

    def __contains__(self, fingerprint: str) -> bool:
        return self._numbers[self._slot(_key(fingerprint))] != _NOTHING

    def add(self, fingerprint: str, number: int) -> int:
        """The number under which the person is known: the first that was given."""
        key = _key(fingerprint)
        slot = self._slot(key)
        known = self._numbers[slot]
        if known != _NOTHING:
            return known
        self._keys[slot], self._numbers[slot] = key, number
        self._count += 1
        if self._count * 3 > len(self._keys) * 2:
            self._grow()
        return number

    @property
    def bytes_used(self) -> int:
        return len(self._keys) * 12

    def _slot(self, key: int) -> int:
        """Where the key is, or the free slot where it belongs."""
        keys, numbers = self._keys, self._numbers
        mask = len(keys) - 1
        slot = key & mask
        while numbers[slot] != _NOTHING and keys[slot] != key:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        old_keys, old_numbers = self._keys, self._numbers
        self._keys = array("Q", bytes(16 * len(old_keys)))
        self._numbers = array(old_numbers.typecode, bytes(8 * len(old_keys)))
        for key, number in zip(old_keys, old_numbers, strict=True):
            if number != _NOTHING:
                slot = self._slot(key)
                self._keys[slot], self._numbers[slot] = key, number


def _key(fingerprint: str) -> int:
    return int(fingerprint[:16], 16)
