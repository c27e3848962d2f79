"""Tools of the house: generated pages and messages."""
