"""Static files: served from the packages, their addresses worked out once."""

from functools import lru_cache

from django.contrib.staticfiles.storage import StaticFilesStorage


class Storage(StaticFilesStorage):
    """Django's own; each page names some twenty files, whose addresses stay as they are while the process lives."""

    @lru_cache(maxsize=512)  # noqa: B019 (there is one storage, which lives as long as the process)
    def url(self, name: str | None) -> str:
        """The address of a file."""
        return super().url(name)
