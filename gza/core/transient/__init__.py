"""What may be lost: throttles, spent codes and sealed drafts, on the ``transient`` database."""
