"""The faces in the browser; no rule lives here."""
