"""Which addresses may be reached without encryption."""

import ipaddress
from urllib.parse import urlsplit

_NEAR_ENDS = (".localhost", ".internal")
"""RFC 6761 and ICANN's reserved name: neither is ever on the public Internet."""


def stays_near(url: str) -> bool:
    """Tell whether a URL leads to this machine or into the operator's own network.

    Near are loopback, private (RFC 1918, RFC 4193) and link-local addresses, and names without a
    dot, which only a local network knows, such as a service of Docker Compose. Everything else
    passes through networks of others.
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and ("." not in host or host.endswith(_NEAR_ENDS))
    return address.is_private and not address.is_unspecified


def is_address(url: str) -> bool:
    """Tell whether this is an http(s) URL of a server, without a password, query or fragment."""
    try:
        parts = urlsplit(url)
        odd = parts.username or parts.password or parts.query or parts.fragment
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and not odd
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False


def without_secrets(url: str) -> str:
    """Return scheme, host and path of a URL, without a password or a signed query."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
