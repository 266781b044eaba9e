"""Who and why in, words out: a campaign and a legislator become tweets, letters and a call script.

``placeholders`` says what each name in a text becomes, ``weight`` counts as X counts, ``rotation``
gives every visitor a fair turn; ``tweet``, ``email`` and ``call`` are the channels; ``lengths``
finds what is too long for somebody. All of that is pure; ``check`` reads a campaign's folder.
"""
