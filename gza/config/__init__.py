"""The composition root: settings, root URLs, the WSGI application."""
