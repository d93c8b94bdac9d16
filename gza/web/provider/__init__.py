"""The provider's workplace."""
