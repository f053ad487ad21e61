"""Read a language model of KenLM's quantized tries: the words, what each costs, and which two stand together.

Only what the tables need: order 3, its pairs and single words. The layout is KenLM's "trie" binary, version 5
(lm/search_trie.cc, lm/trie.cc, lm/quantize.hh, lm/bhiksha.cc). For developers; `build.py` calls it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

_MAGIC = b"mmap lm http://kheafield.com/code format version 5\n\0"
_COUNTS_AT, _VOCABULARY_AT = 108, 136
_QUANTIZED = b"\x02\x08\x08"
"""Quantizer's version, bits of a probability, bits of a back-off."""
_ARRAY_TRIE = 5
_LEVEL_BYTES = 256 * 4


@dataclass(frozen=True)
class PairModel:
    """Logarithms to base ten.

    words              by number
    alone, leave       (n,) of each word, and of going on from it to a word that is no known neighbour
    first, second, p   (m,) words' numbers, and the second's probability after the first
    """

    words: list[str]
    alone: npt.NDArray[np.float32]
    leave: npt.NDArray[np.float32]
    first: npt.NDArray[np.uint32]
    second: npt.NDArray[np.int64]
    p: npt.NDArray[np.float32]


def pair_model(path: Path) -> PairModel:
    """The model in the file; ValueError if it is laid out in another way."""
    data = path.read_bytes()
    order, kind = data[88], data[96]
    if not data.startswith(_MAGIC[:-1]) or order != 3 or kind != _ARRAY_TRIE:
        raise ValueError(f"{path}: no quantized trie of order 3 with compressed pointers")
    words_count, pairs_count, triples_count = struct.unpack_from("<3Q", data, _COUNTS_AT)
    at = _VOCABULARY_AT + 8 + 8 * words_count
    if data[at : at + 3] != _QUANTIZED:
        raise ValueError(f"{path}: probabilities are not quantized to eight bits")
    levels = np.frombuffer(data, "<f4", 256, at + 8)
    at += 8 + 3 * _LEVEL_BYTES
    singles = np.frombuffer(data, [("p", "<f4"), ("leave", "<f4"), ("next", "<u8")], words_count + 1, at)
    at += 16 * (words_count + 2)
    strings = data.rfind(b"<unk>\0")
    words = data[strings:].split(b"\0")[:words_count]
    first, p = _pairs(data[at:strings], words_count, pairs_count, triples_count)
    ends: npt.NDArray[np.int64] = singles["next"].astype(np.int64)
    owner = np.repeat(np.arange(words_count), ends[1:] - ends[:-1])
    return PairModel(
        [word.decode() for word in words], singles["p"][:-1], singles["leave"][:-1], first, owner, levels[p]
    )


def _pairs(
    data: bytes, words: int, pairs: int, triples: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Of each pair the word before, and the level of its probability: bit fields of word, back-off, level, next."""
    word_bits, triple_bits = words.bit_length(), triples.bit_length()
    longest_bytes = ((1 + triples) * (word_bits + 8) + 7) // 8 + 8
    inline = _inline_bits(len(data) - longest_bytes, word_bits + 16, pairs, triples, triple_bits)
    start = 8 * (1 + (triples >> inline) + 1) + 7
    size = word_bits + 16 + inline
    bits = np.unpackbits(np.frombuffer(data, np.uint8, pairs * size // 8 + 1, start), bitorder="little")[
        : pairs * size
    ].reshape(pairs, size)
    return _number(bits[:, :word_bits]), _number(bits[:, word_bits + 8 : word_bits + 16])


def _inline_bits(size: int, fixed: int, pairs: int, triples: int, triple_bits: int) -> int:
    """How many bits of the pointers stand with the pairs: as the pairs' size in bytes tells."""
    for inline in range(triple_bits + 1):
        pointers = 8 * (1 + (triples >> inline) + 1) + 7
        if pointers + ((1 + pairs) * (fixed + inline) + 7) // 8 + 8 == size:
            return inline
    raise ValueError("the pairs have another size than any layout gives them")


def _number(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    places = np.arange(bits.shape[1], dtype=np.uint32)
    number: npt.NDArray[np.uint32] = (bits.astype(np.uint32) << places).sum(1, dtype=np.uint32)
    return number
