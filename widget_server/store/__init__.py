"""What is kept, and the one thread that writes it."""

from .store import Store

__all__ = ["Store"]
