"""What the garbage collector need not look at again and again."""

import gc

_YOUNG = (
    20_000  # objects made before the youngest are looked at; a page makes some thousands, nearly all without cycles
)


def settle() -> None:
    """Once all is imported: set aside what stays as long as the process, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 50)
