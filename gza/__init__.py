"""Gza (გზა, the road): case work for victims of trafficking, and the national action plan around it."""

__version__ = "0.1.0"
