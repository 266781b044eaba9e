"""Rows -> numbers that partners and organisers can trust."""
