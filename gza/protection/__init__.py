"""Disclosure control: statistics that identify nobody. Pure Python; knows neither Django nor a clock nor a database."""
