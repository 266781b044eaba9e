"""What belongs to the public internet: an address as a number in, yes or no out.

Spellings do not matter here: whatever a name or a number was, what is judged is the address that
the system would connect to. ``ipaddress.is_global`` alone lets much through (multicast, NAT64,
6to4, IPv4 inside IPv6), and what it says changes with Python's patches.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

#: The only part of IPv6 that is handed out for hosts.
_UNICAST = IPv6Network("2000::/3")

#: Of that: protocols and Teredo, documentation, 6to4. Those that wrap an IPv4 address lead to it.
_SPECIAL_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))

#: Protocols, 6to4's relays, and the address under which Azure's machines reach their host.
_SPECIAL_4 = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))


def is_public(address: str) -> bool:
    """Whether this is an address of somebody's host on the public internet."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(number) if isinstance(number, IPv4Address) else _is_public_6(number)


def _is_public_4(number: IPv4Address) -> bool:
    inside = number.is_multicast or number.is_reserved or not number.is_global
    return not inside and not any(number in network for network in _SPECIAL_4)


def _is_public_6(number: IPv6Address) -> bool:
    handed_out = number in _UNICAST and number.is_global and not number.scope_id
    return handed_out and not any(number in network for network in _SPECIAL_6)
