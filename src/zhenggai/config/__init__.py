"""Settings, addresses and the command: the top of the house, which may import every app."""
