"""Zip archives written byte by byte: with members and headers that an honest writer refuses to write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

DEFLATED = 8
ENCRYPTED = 1


@dataclass(frozen=True)
class Member:
    """A member as it stands in the archive: packed bytes, and what the headers say of them."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0x800


def member(name: str, content: bytes) -> Member:
    """An honest member."""
    packer = zlib.compressobj(wbits=-15)
    return Member(name.encode(), packer.compress(content) + packer.flush(), len(content), zlib.crc32(content))


def repeated(name: str, before: bytes, block: bytes, times: int, after: bytes) -> Member:
    """A member that holds `block` so many times; its packed bytes are made from one block, so it costs little."""
    packer = zlib.compressobj(9, wbits=-15)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    body = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(after) + packer.flush()
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(before) + len(block) * times + len(after)
    return Member(name.encode(), head + body * times + tail, size, zlib.crc32(after, crc))


def archive(members: Iterable[Member]) -> bytes:
    """The archive of these members, in their order, whatever their names."""
    out, directory, count = io.BytesIO(), b"", 0
    for one in members:
        common = struct.pack(
            "<HHHHHIIIHH",
            20,
            one.flags,
            one.method,
            0,
            0x21,
            one.crc,
            len(one.packed),
            min(one.size, 0xFFFFFFFF),
            len(one.name),
            0,
        )
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, out.tell()) + one.name
        )
        out.write(b"PK\x03\x04" + common + one.name + one.packed)
        count += 1
    start = out.tell()
    counted = min(count, 0xFFFF)
    out.write(directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, counted, counted, len(directory), start, 0))
    return out.getvalue()


def members_of(content: bytes) -> list[Member]:
    """The members of a workbook, packed anew."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [member(name, opened.read(name)) for name in opened.namelist()]


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An honest archive of these parts."""
    return archive(member(name, part) for name, part in parts.items())


def changed(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The workbook with parts replaced, added, or left out where None."""
    return packed({name: part for name, part in (parts_of(content) | dict(changes)).items() if part is not None})


def with_member(content: bytes, *added: Member) -> bytes:
    """The workbook with members added behind its own, whatever they are called."""
    return archive([*members_of(content), *added])


def with_header(content: bytes, name: str, **said: int) -> bytes:
    """The workbook with something else said in the headers of one member."""
    members: Sequence[Member] = members_of(content)
    return archive(replace(one, **said) if one.name == name.encode() else one for one in members)  # type: ignore[arg-type]
