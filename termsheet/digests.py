"""SHA-256 without hashlib, which brings OpenSSL with it: that takes longer than to number a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256  # since Python 3.12
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:  # another implementation of Python
            from hashlib import sha256

__all__ = ["sha256"]
