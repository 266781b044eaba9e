"""People in, a CSV file out in which no spreadsheet finds anything to calculate."""

import csv
import re
from typing import TextIO

from .export import FIELDS, Person

#: A file is of one campaign.
COLUMNS = tuple(field for field in FIELDS if field != "campaign")

#: Where a cell begins: also behind what parts cells under other settings than a comma and
#: double quotes, for there a name may end its cell and begin the next one.
_BEGINNING = r"(?:^|(?<=[,;|\t\r\n\v\f\x85\u2028\u2029]))"
#: What is dropped, or is not seen, before what counts.
_UNSEEN = r"[\s\"'\u200b-\u200f\u2060\ufeff]*"
#: What a formula begins with, and what is taken for it: full width, small, the minus sign.
_SIGN = r"[-=+@＝＋－＠﹦﹢﹣﹫−]"
_DANGER = re.compile(rf"{_BEGINNING}(?={_UNSEEN}{_SIGN})|^(?=[\t\r\n])")


class Spreadsheet:
    """Writes people as lines of CSV (UTF-8, RFC 4180), every cell in quotes."""

    def __init__(self, file: TextIO) -> None:
        self._table = csv.writer(file, quoting=csv.QUOTE_ALL)
        self._table.writerow(COLUMNS)

    def write(self, person: Person) -> None:
        """One line."""
        self._table.writerow([harmless(person[column]) for column in COLUMNS])


def harmless(cell: str) -> str:
    """The cell with ``'`` before what a spreadsheet would calculate, and else as it is.

    The signs are those that OWASP names (https://owasp.org/www-community/attacks/CSV_Injection)
    and their look-alikes.
    """
    return _DANGER.sub("'", cell)
