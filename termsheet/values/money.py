"""Amounts of money and rates. Kept as decimals, never as floats."""

from __future__ import annotations

from decimal import Decimal

from termsheet.immutable import immutable
from termsheet.pattern import pattern
from termsheet.values.errors import FormError

NUMBER = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?|\d{1,21}(?:\.\d{1,12})?"  # bounded: it is printed again
_MONEY = pattern(
    rf"(?:([A-Za-z]{{3}})\s*)?({NUMBER})(?:\s*([A-Za-z]{{3}}))?(?:\s+(?:per|a|an|each)\s+(.+))?"
)
_RATE = pattern(rf"({NUMBER})\s*%")
_IN_USE = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD
TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_IN_USE.split())
"""The currencies in use (ISO 4217)."""
_NUMBER = pattern(NUMBER)
_THOUSANDS = pattern(r"\d{1,3}\.\d{3}")
_SIGNS = pattern(r"[€$£¥₹]")


@immutable
class Money:
    """An amount in a currency (empty: the deal's own), for each `per` where there is one."""

    amount: Decimal
    currency: str = ""
    per: str = ""


@immutable
class Rate:
    """A percentage, as the number before the sign."""

    percent: Decimal


def number(text: str) -> Decimal:
    """A number in digits, with commas between the thousands and a point before the decimals."""
    return Decimal(text.replace(",", ""))


def parse(text: str) -> Money:
    """An amount, with its currency before or after it, and what it is paid for each of."""
    text = " ".join(text.split())
    if _SIGNS.search(text):
        raise FormError("names its currency by a sign and not by its three letters")
    match = _MONEY.fullmatch(text)
    if not match or (match[1] and match[3]):
        raise FormError("is not an amount in digits")
    currency = match[1] or match[3] or ""
    if currency != currency.upper():
        raise FormError("does not write its currency in three capital letters")
    if _THOUSANDS.fullmatch(match[2]):
        raise FormError("has three digits after the point, which may be meant for thousands")
    return Money(number(match[2]), currency, match[4] or "")


def parse_rate(text: str) -> Rate:
    """A rate, with its percent sign."""
    match = _RATE.fullmatch(text.strip())
    if not match:
        raise FormError(
            "has no percent sign" if _NUMBER.fullmatch(text.strip()) else "is not a percentage"
        )
    return Rate(number(match[1]))


def parse_currency(text: str) -> str:
    """A currency by its three capital letters."""
    if len(text) != 3 or not (text.isascii() and text.isalpha() and text.isupper()):
        raise FormError("is not a currency code of three capital letters")
    return text
