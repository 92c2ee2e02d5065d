"""Agreements as code: lint a partnership's terms and render them as a term sheet."""

__version__ = "0.1.0"
