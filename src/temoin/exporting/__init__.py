"""Records to what people open."""
