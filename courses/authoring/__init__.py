"""What makes a course in an afternoon: start from a model, copy, put in order, publish whole."""
