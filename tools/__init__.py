"""What the Makefile needs on a machine that has nothing yet: a venv, TypeScript, a browser."""
