"""活的演示: a fictional inspection in which everybody has worked already: the cast, the story, and the stage on which it is played."""
