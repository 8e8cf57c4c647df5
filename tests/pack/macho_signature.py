"""Reads the code signature of a Mach-O file, and checks it as the kernel does before it runs a page.

Apple's format: a SuperBlob (big-endian) holds a CodeDirectory, which holds one SHA-256 hash per page.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

_SUPER_BLOB, _CODE_DIRECTORY = 0xFADE0CC0, 0xFADE0C02
_SHA256 = 2
ADHOC = 0x2


@dataclass(frozen=True)
class Signature:
    flags: int
    wrong_pages: tuple[int, ...]


def read_signature(file: bytes, offset: int) -> Signature:
    """The signature that begins at an offset. Raises ValueError where there is none."""
    magic, _, count = struct.unpack_from(">III", file, offset)
    if magic != _SUPER_BLOB:
        raise ValueError(f"no signature at {offset}: {magic:#x}")
    for index in range(count):
        _, start = struct.unpack_from(">II", file, offset + 12 + 8 * index)
        if struct.unpack_from(">I", file, offset + start)[0] == _CODE_DIRECTORY:
            return _read_directory(file, offset + start)
    raise ValueError("the signature has no code directory")


def _read_directory(file: bytes, start: int) -> Signature:
    fields = struct.unpack_from(">9I4B", file, start)
    flags, hashes, pages, limit = fields[3], fields[4], fields[7], fields[8]
    size, kind, _, page_bits = fields[9:]
    if kind != _SHA256:
        raise ValueError(f"pages are hashed by method {kind}, not by SHA-256")
    page = 1 << page_bits
    wrong = []
    for index in range(pages):
        content = file[index * page : min((index + 1) * page, limit)]
        expected = file[start + hashes + index * size :][:size]
        if hashlib.sha256(content).digest() != expected:
            wrong.append(index)
    return Signature(flags, tuple(wrong))
