"""Threesteps: put the visitors of any site in touch with their legislators."""

__version__ = "0.1.0"
