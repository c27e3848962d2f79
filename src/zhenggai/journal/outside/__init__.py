"""What is handed to outsiders: it imports nothing of the system and nothing but Python's own library."""
