"""The steps behind the commands of the Makefile. Standard library only."""
