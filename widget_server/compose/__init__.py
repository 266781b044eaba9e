"""Who and why in, words out: a campaign and a legislator become tweets, letters and a call script.

Everything here is pure. ``placeholders`` says what each name in a text becomes, ``weight`` counts
as X counts, ``rotation`` gives every visitor a fair turn; ``tweet``, ``email`` and ``call`` are
the channels; ``check`` judges a campaign's texts for every kind of legislator.
"""
