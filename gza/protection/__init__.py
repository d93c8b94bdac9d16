"""Disclosure control: tables of counts that identify nobody. Pure Python: no framework, no clock, no database."""
