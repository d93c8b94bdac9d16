"""What chance decides in the invented country."""

import random


def likely(rng: random.Random, share: float) -> bool:
    """True as often as ``share`` says, a part of one."""
    return rng.random() < share
