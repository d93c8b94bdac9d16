"""Ids, clock, money, calendar, text, regions and languages: what every room of the house stands on."""
