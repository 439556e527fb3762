"""The endpoint: what a conformant LRS answers to."""
