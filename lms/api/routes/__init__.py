"""The addresses of the API, by topic: who may, what came in, call one thing, answer."""
