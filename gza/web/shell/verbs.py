"""What each kind of event is called where people read of it; each room enters the sentences of its own."""

from collections.abc import Mapping

from django.utils.functional import Promise

_words: dict[str, Promise] = {}


def register(words: Mapping[str, Promise]) -> None:
    """Enter the sentences of a room, by verb."""
    _words.update(words)


def words(verb: str) -> Promise | str:
    """The sentence for a verb; the verb itself where there is none."""
    return _words.get(verb, verb)
