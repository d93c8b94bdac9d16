"""Plan versions: from the initial plan on."""
