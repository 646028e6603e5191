"""Words to the world."""
