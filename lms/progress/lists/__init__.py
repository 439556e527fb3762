"""Reading a list of courses completed elsewhere: who, which course, when, how long, with what result."""
