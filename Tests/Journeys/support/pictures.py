"""Pictures made here, byte by byte: sound ones, and ones that lie about themselves."""

from __future__ import annotations

import struct
import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, colour: tuple[int, int, int] = (13, 79, 94), more: bytes = b"") -> bytes:
    """One colour all over; `more` stands between the header and the pixels."""
    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + more + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def text_chunk(text: bytes) -> bytes:
    """A comment, as cameras and programs leave them."""
    return _chunk(b"tEXt", b"Comment\0" + text)


def bomb(side: int = 60_000) -> bytes:
    """A few kilobytes that unpack to `side` × `side` pixels."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


# Each says that it is a picture or a document, by name and by media type.
DISGUISED = {
    "html": b"<!doctype html><script>alert(document.domain)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>',
    "script": b"#!/bin/sh\nrm -rf /\n",
    "program": b"\x7fELF\x02\x01\x01" + b"\0" * 200,
    "half": png(40, 40)[:60],
    "bomb": bomb(),
}
