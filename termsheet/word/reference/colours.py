"""Colours: how light they are, how well they can be read on each other, and what lies between two of them."""

from __future__ import annotations

WHITE, BLACK, AUTO = "FFFFFF", "000000", "auto"


def luminance(colour: str) -> float:
    """From 0 (black) to 1 (white), as the eye sees it."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (none) to 21 (black on white)."""
    lower, upper = sorted((luminance(one), luminance(other)))
    return (upper + 0.05) / (lower + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """The colour between two, with that share of the first."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "".join(f"{round(first * share + second * (1 - share)):02X}" for first, second in pairs)


def dark(colour: str, least: float = 4.5) -> str:
    """The colour, or a darker one on which white can be read."""
    while contrast(colour, WHITE) < least:
        colour = mixed(colour, BLACK, 0.9)
    return colour


def colourful(colour: str) -> bool:
    """Whether it is a colour rather than black, white or grey."""
    parts = _parts(colour)
    return max(parts) - min(parts) > 24


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
