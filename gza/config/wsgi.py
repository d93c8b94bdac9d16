"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from gza.core import memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gza.config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 (imports every view now, not during somebody's first request)
memory.settle()
