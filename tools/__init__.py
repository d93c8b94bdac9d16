"""Tools of the workshop: none of them is part of the product."""
