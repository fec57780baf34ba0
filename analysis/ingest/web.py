"""One page that a person asked for, fetched from the web: the only place where Tellings uses the network.

A page may redirect to this computer or to a neighbour in its network, and a name may mean another address at each
asking. So at each step the name is resolved once, every address is checked, and the connection goes to a checked one.
"""

from __future__ import annotations

import socket
import threading
import time
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

from ..errors import InputError
from ..files import printable
from .draft import Offer
from .sources import MOST_BYTES, TOO_BIG

MOST_REDIRECTS = 5
SECONDS = 60  # for a page, redirects included
SILENCE = 20  # seconds without a byte
PIECE = 2**14  # bytes; what is compressed unpacks to a thousand times as many at most
PORTS = {"http": 80, "https": 443}
HEADERS = {"User-Agent": "Tellings (media analysis workbook; one page, asked for by a person)",
           "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
           "Accept-Encoding": "gzip"}
NAT64 = IPv6Network("64:ff9b::/96")  # addresses that stand for one of IPv4, their last four bytes
REDIRECTS = (301, 302, 303, 307, 308)


def fetch(url: str, *, allow_local: bool = False) -> Offer:
    """Fetch a page, or say why there is none.

    Examples
    --------
    >>> fetch("ftp://example.org/a").problem
    'only http:// and https:// addresses are fetched'
    """
    done: list[Offer] = []
    # A thread, for a server that sends a byte now and then can stretch one reading beyond any time limit.
    work = threading.Thread(target=lambda: done.append(_fetch(url, allow_local)), daemon=True)
    work.start()
    work.join(SECONDS)
    return done[0] if done else Offer(printable(url), problem=f"the server took longer than {SECONDS} seconds")


def _fetch(url: str, allow_local: bool) -> Offer:
    shown, end = printable(url), time.monotonic() + SECONDS
    try:
        for _ in range(MOST_REDIRECTS + 1):
            parts = _checked(url)
            response = _request(parts, _address(parts, allow_local))
            try:
                if response.status not in REDIRECTS or not response.headers.get("Location"):
                    return _page(response, shown, url, end)
                url = urljoin(url, response.headers["Location"])
            finally:
                response.close()
        raise InputError(f"it redirects more than {MOST_REDIRECTS} times", "open it in a browser and save the page")
    except InputError as error:
        return Offer(shown, problem=error.problem)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:  # ValueError: an address that is none
        return Offer(shown, problem=f"it cannot be fetched: {printable(str(error))[:200] or type(error).__name__}")


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme.lower() not in PORTS:
        raise InputError("only http:// and https:// addresses are fetched", "save the page and add the file")
    if not parts.hostname:
        raise InputError("the address names no server", "check it")
    if parts.username is not None or parts.password is not None:
        raise InputError("the address holds a user's name", "open it in a browser and save the page")
    return parts


def _address(parts: SplitResult, allow_local: bool) -> str:
    """Resolve the server's name and return an address of it that may be asked."""
    port = parts.port or PORTS[parts.scheme.lower()]
    found = [info[4][0] for info in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)]
    if not allow_local and not all(map(_is_public, found)):
        raise InputError("it leads to this computer or its own network", "give --allow-local if that is meant")
    return found[0]


def _is_public(address: str) -> bool:
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (ip_address(int(ip) % 2**32) if ip in NAT64 else ip)
    return ip.is_global and not ip.is_multicast


def _request(parts: SplitResult, address: str) -> urllib3.BaseHTTPResponse:
    """Ask a checked address for the page; the name stands in the header and in the certificate."""
    scheme, host = parts.scheme.lower(), parts.hostname
    timeout = urllib3.Timeout(connect=SILENCE, read=SILENCE)
    if scheme == "https":
        pool = urllib3.HTTPSConnectionPool(address, parts.port or PORTS[scheme], timeout=timeout,
                                           server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(address, parts.port or PORTS[scheme], timeout=timeout)
    target = urllib3.util.parse_url(parts.geturl()).request_uri
    name = f"[{host}]" if ":" in host else host
    headers = {**HEADERS, "Host": name if parts.port is None else f"{name}:{parts.port}"}
    return pool.urlopen("GET", target, headers=headers, redirect=False, retries=False, preload_content=False,
                        assert_same_host=False)


def _page(response: urllib3.BaseHTTPResponse, shown: str, url: str, end: float) -> Offer:
    if response.status != 200:
        return Offer(shown, problem=f"the server answered {response.status}")
    pieces, length = [], 0
    while piece := response.read(PIECE, decode_content=True):
        length += len(piece)
        if length > MOST_BYTES:
            return Offer(shown, problem=TOO_BIG)
        if time.monotonic() > end:
            return Offer(shown, problem=f"the server took longer than {SECONDS} seconds")
        pieces.append(piece)
    return Offer(shown, b"".join(pieces), url=url, content_type=response.headers.get("Content-Type"))
