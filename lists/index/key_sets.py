"""Sets of primary keys as bitmaps."""

BLOCK_BITS = 12
BLOCK = (1 << BLOCK_BITS) - 1


class KeySet:
    """A compressed bitmap of non-negative integers.

    Only non-empty blocks of 4096 bits are stored, so that sparse sets of large keys stay small.
    """

    def __init__(self, keys=()):
        self.blocks = {}
        for key in keys:
            number = key >> BLOCK_BITS
            self.blocks[number] = self.blocks.get(number, 0) | 1 << (key & BLOCK)

    @classmethod
    def _of(cls, blocks):
        made = cls()
        made.blocks = blocks
        return made

    def __contains__(self, key):
        return bool(self.blocks.get(key >> BLOCK_BITS, 0) >> (key & BLOCK) & 1)

    def __len__(self):
        return sum(bits.bit_count() for bits in self.blocks.values())

    def __or__(self, other):
        blocks = dict(self.blocks)
        for number, bits in other.blocks.items():
            blocks[number] = blocks.get(number, 0) | bits
        return self._of(blocks)

    def __and__(self, other):
        small, large = sorted((self.blocks, other.blocks), key=len)
        pairs = ((n, bits & large[n]) for n, bits in small.items() if n in large)
        return self._of({number: bits for number, bits in pairs if bits})

    def __sub__(self, other):
        blocks = dict(self.blocks)
        for number in self.blocks.keys() & other.blocks.keys():
            blocks[number] &= ~other.blocks[number]
            if not blocks[number]:
                del blocks[number]
        return self._of(blocks)

    def common(self, other):
        """Return len(self & other) without building the intersection."""
        theirs = other.blocks
        return sum(
            (bits & theirs[number]).bit_count()
            for number, bits in self.blocks.items()
            if number in theirs
        )

    def __eq__(self, other):
        return self.blocks == other.blocks

    __hash__ = None
