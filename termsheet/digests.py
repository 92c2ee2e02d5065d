"""Digests in hexadecimal digits, without hashlib: that brings OpenSSL, which takes longer than to number a paper."""

from __future__ import annotations


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, as others compute it too."""
    try:
        from _sha2 import sha256  # type: ignore[import-not-found]  # since Python 3.12
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found]
        except ImportError:  # another implementation of Python
            from hashlib import sha256
    return str(sha256(data).hexdigest())


def blake2b(data: bytes, size: int, key: bytes = b"") -> str:
    """The BLAKE2b of some bytes, of so many bytes, which is the quickest; with a key, one of its own."""
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b
    return str(blake2b(data, digest_size=size, key=key).hexdigest())
