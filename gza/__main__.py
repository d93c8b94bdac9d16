"""``python -m gza`` is the ``gza`` command."""

from gza.cli.main import main

main()
