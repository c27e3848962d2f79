"""Zhenggai 整改台账: from an inspection's findings to evidenced, reviewed, published results."""

__version__ = "0.1.0"
