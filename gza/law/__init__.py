"""The statutory rules: pure functions from facts to verdicts, tables of life cycles, dated parameters.

No framework, no clock, no database. Every rule names the clause of the requirements register it rests on.
"""
