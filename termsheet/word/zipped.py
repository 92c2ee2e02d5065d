"""A zip and back, without `zipfile`: to import it takes longer than to write a paper's parts.

    zipped({"a.xml": b"..."})           the bytes of a zip, the same wherever and whenever it is made
    unzipped(data, wanted)              the parts whose names are wanted
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from struct import Struct, error

# What stands before each part, what is said of it in the list at the end, and what is said of that list.
_LOCAL, _LISTED, _END = Struct("<4s5H3L2H"), Struct("<4s6H3L5H2L"), Struct("<4s4H2LH")
_LOCAL_SIGN, _LISTED_SIGN, _END_SIGN = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_VERSION = 20  # of the format
_UNIX = 3 << 8 | _VERSION
_MODE = 0o600 << 16
_UTF8 = 0x800  # a name that is more than ASCII
_LOCKED = 0x1
_STORED, _DEFLATED = 0, 8
_EPOCH = 1 << 5 | 1  # the first day of 1980
_RAW = -zlib.MAX_WBITS


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip, in their order."""
    bodies: list[bytes] = []
    listed: list[bytes] = []
    place = 0
    for name, content in parts.items():
        packed = zlib.compress(content, wbits=_RAW)
        called = name.encode()
        flags = 0 if name.isascii() else _UTF8
        said = (flags, _DEFLATED, 0, _EPOCH, zlib.crc32(content), len(packed), len(content), len(called), 0)
        bodies += (_LOCAL.pack(_LOCAL_SIGN, _VERSION, *said), called, packed)
        listed += (_LISTED.pack(_LISTED_SIGN, _UNIX, _VERSION, *said, 0, 0, 0, _MODE, place), called)
        place += _LOCAL.size + len(called) + len(packed)
    size = sum(map(len, listed))
    return b"".join((*bodies, *listed, _END.pack(_END_SIGN, 0, 0, len(parts), len(parts), size, place, 0)))


def unzipped(data: bytes, wanted: Callable[[str], bool], largest: int) -> Iterator[tuple[str, bytes]]:
    """The parts whose names are wanted, each with its name. Raises ValueError for what is no zip, or holds too much."""
    try:
        for name, place, size, check in _listed(data):
            if wanted(name):
                yield name, _part(data, place, size, check, largest)
    except (error, zlib.error) as broken:
        raise ValueError(str(broken)) from broken


def _listed(data: bytes) -> Iterator[tuple[str, int, int, int]]:
    """The name of each part, where it stands, how long it is there, and its checksum."""
    end = data.rfind(_END_SIGN)
    if end < 0:
        raise ValueError("it is no zip")
    *_, count, _, place, _ = _END.unpack_from(data, end)
    for _ in range(count):
        sign, *_, check, size, _, length, more, remark, _, _, _, start = _LISTED.unpack_from(data, place)
        if sign != _LISTED_SIGN:
            raise ValueError("its list of parts is broken")
        place += _LISTED.size
        yield data[place : place + length].decode(), start, size, check
        place += length + more + remark


def _part(data: bytes, place: int, size: int, check: int, largest: int) -> bytes:
    sign, _, flags, way, *_, length, more = _LOCAL.unpack_from(data, place)
    if sign != _LOCAL_SIGN or flags & _LOCKED or way not in (_STORED, _DEFLATED):
        raise ValueError("it has a part that cannot be read")
    start = place + _LOCAL.size + length + more
    packed = data[start : start + size]
    content = zlib.decompressobj(_RAW).decompress(packed, largest + 1) if way == _DEFLATED else packed
    if len(content) > largest:
        raise ValueError(f"it has a part that is larger than {largest} bytes")
    if zlib.crc32(content) != check:
        raise ValueError("it has a part with a wrong checksum")
    return content
