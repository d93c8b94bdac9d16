"""Keys and everything sealed under them. See README.md beside this file.

The ring of the signed-in person: ``session.ring(request)``.
"""
