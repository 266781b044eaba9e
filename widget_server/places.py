"""The names of the states and territories that have a seat in Congress: a code in, words out."""

#: Postal abbreviation to name; a leading "the" belongs to the name only inside a sentence.
STATE_NAMES = {
    "AK": "Alaska",
    "AL": "Alabama",
    "AR": "Arkansas",
    "AS": "American Samoa",
    "AZ": "Arizona",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DC": "District of Columbia",
    "DE": "Delaware",
    "FL": "Florida",
    "GA": "Georgia",
    "GU": "Guam",
    "HI": "Hawaii",
    "IA": "Iowa",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "MA": "Massachusetts",
    "MD": "Maryland",
    "ME": "Maine",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MO": "Missouri",
    "MP": "Northern Mariana Islands",
    "MS": "Mississippi",
    "MT": "Montana",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "NE": "Nebraska",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NV": "Nevada",
    "NY": "New York",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "PR": "Puerto Rico",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VA": "Virginia",
    "VI": "U.S. Virgin Islands",
    "VT": "Vermont",
    "WA": "Washington",
    "WI": "Wisconsin",
    "WV": "West Virginia",
    "WY": "Wyoming",
}

#: Places whose single seat has no vote on the floor: a delegate or the resident commissioner.
NON_VOTING = frozenset({"AS", "DC", "GU", "MP", "PR", "VI"})

_WITH_ARTICLE = frozenset({"DC", "MP", "VI"})


def state_name(code: str) -> str:
    """The name on its own, as in a list: ``"CA"`` is ``"California"``. Raises KeyError."""
    return STATE_NAMES[code]


def state_in_words(code: str) -> str:
    """The name as a sentence has it: ``"DC"`` is ``"the District of Columbia"``."""
    name = state_name(code)
    return f"the {name}" if code in _WITH_ARTICLE else name


def district_in_words(district: str) -> str:
    """``"CA-11"`` is ``"California's 11th"``, ``"WY-0"`` is ``"Wyoming, at large"``.

    A seat without a vote is its place: ``"DC-0"`` is ``"the District of Columbia"``.
    """
    state, _, number = district.partition("-")
    if number != "0":
        return f"{state_name(state)}'s {ordinal(int(number))}"
    return state_in_words(state) if state in NON_VOTING else f"{state_name(state)}, at large"


def seat_in_words(seat: str) -> str:
    """``"SC-SEN"`` is ``"South Carolina, US Senate"``; a district is in its own words.

    ``"TX-HOUSE"`` is the House seat of a place whose new district is not known.
    """
    state, _, number = seat.partition("-")
    chamber = {"SEN": "US Senate", "HOUSE": "US House"}.get(number)
    return f"{state_name(state)}, {chamber}" if chamber else district_in_words(seat)


def ordinal(number: int) -> str:
    """``1`` is ``"1st"``, ``12`` is ``"12th"``."""
    teen = number % 100 in {11, 12, 13}
    suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
