"""The public part of the API: plans, for programs without a token."""
