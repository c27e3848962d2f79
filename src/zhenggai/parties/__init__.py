"""当事方: organisations, the people who log in, and the posts through which they act."""
