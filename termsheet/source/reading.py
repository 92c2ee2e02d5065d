"""From a path to text: what is not a text file in UTF-8 is refused, each with its own sentence."""

from __future__ import annotations

import sys

from termsheet.errors import LoadError
from termsheet.pattern import pattern
from termsheet.source.words import position, show

_GIVE_YAML = "give the deal's .yaml file, saved as UTF-8"

UTF16 = (b"\xff\xfe", b"\xfe\xff")
MAX_BYTES = 5_000_000

_NOT_YAML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read_bytes(path: str, name: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise LoadError("there is no such file", file=name, help="check its name and folder") from error
    except IsADirectoryError as error:
        raise LoadError("this is a folder, not a file", file=name, help="name a file in it") from error
    except PermissionError as error:
        raise LoadError("the file may not be read", file=name, help="ask for the right to read it") from error
    except (OSError, ValueError) as error:
        message = f"the file cannot be read ({getattr(error, 'strerror', None) or error})"
        raise LoadError(message, file=show(name), help="check its name") from error


def decode(raw: bytes, name: str) -> str:
    refuse_size(len(raw), name)
    if raw.startswith(b"PK\x03\x04"):
        raise LoadError("this is a Word or zip file, not YAML", file=name, help=_GIVE_YAML)
    if raw.startswith(UTF16):
        raise LoadError("the file is saved as UTF-16", file=name, help="save it as UTF-8")
    if b"\0" in raw:
        raise LoadError("this is not a text file", file=name, help=_GIVE_YAML)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        head = raw[: error.start].decode().removeprefix("\ufeff")
        line, column = position(head, len(head))
        message = f"the byte 0x{raw[error.start]:02X} is not UTF-8"
        raise LoadError(message, file=name, line=line, column=column, help="save the file as UTF-8") from None


def refuse_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise LoadError(message, file=name, help="a deal is text: leave out what is not part of it")


def refuse_characters(text: str, name: str) -> None:
    bad = _NOT_YAML.search(text)
    if bad is None:
        return
    if bad[0] == "\0":
        raise LoadError("this is not a text file", file=name, help=_GIVE_YAML)
    line, column = position(text, bad.start())
    message = f"the invisible character U+{ord(bad[0]):04X} is not allowed in YAML"
    raise LoadError(message, file=name, line=line, column=column, help="delete it and type the text again")
