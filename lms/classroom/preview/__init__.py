"""What authors see of their courses: the learner's own pages, as somebody else. Nothing is recorded."""
