"""Fetching one page: only from the web, unless asked for; checked anew at each redirect. No network but this computer's."""

import gzip
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analysis.ingest import web
from analysis.ingest.web import fetch

PAGE = "<p>“The bridge is shut.”</p>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self):
        path, host = self.path.partition("?")[0], self.headers["Host"]
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
            "/zipped": (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(60 * 2**20))),
            "/gone": (404, {}, b"gone"),
            "/moved": (302, {"Location": "/page"}, b""),
            "/circle": (301, {"Location": "/circle"}, b""),
            "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/to-elsewhere": (302, {"Location": f"http://inside.example:{host.rpartition(':')[2]}/page"}, b""),
            "/host": (200, {}, host.encode()),
        }
        status, headers, body = answers[path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            pass  # who fetches has read enough

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def names(monkeypatch):
    """Let names mean addresses, as a name server would."""
    known = {"public.example": ["127.0.0.1"], "inside.example": ["10.1.2.3"], "both.example": ["93.184.215.14", "127.0.0.1"],
             "mapped.example": ["::ffff:127.0.0.1"], "cloud.example": ["169.254.169.254"], "zone.example": ["fe80::1%eth0"]}
    real = socket.getaddrinfo

    def resolve(host, port, *more, **options):
        if host in known:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]
        return real(host, port, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture
def as_if_public(monkeypatch):
    """Take this computer for a public server, so that what a public server does can be tried."""
    real = web._is_public
    monkeypatch.setattr(web, "_is_public", lambda address: address == "127.0.0.1" or real(address))


@pytest.mark.parametrize("url", [
    "http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://10.0.0.1/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/", "http://[2002:7f00:1::]/",
    "http://[64:ff9b::7f00:1]/",
    "http://inside.example/", "http://both.example/", "http://mapped.example/", "http://cloud.example/", "http://zone.example/",
])
def test_this_computer_and_its_network_are_not_asked(names, monkeypatch, url):
    monkeypatch.setattr(web, "_request", lambda *_: pytest.fail("it was asked"))
    assert fetch(url).problem == "it leads to this computer or its own network"


@pytest.mark.parametrize(("url", "words"), [
    ("file:///etc/passwd", "only http"), ("ftp://herald.example/a", "only http"), ("javascript:alert(1)", "only http"),
    ("http:///path", "names no server"), ("http://user:secret@herald.example/", "user's name"), ("http://[::1", "cannot be fetched"),
    ("http://herald.example:99999/", "cannot be fetched"), ("http://a\u0000b/", "cannot be fetched"), (f"http://{'a' * 70}.example/", "cannot be fetched"),
])
def test_an_address_that_is_none_of_the_web_is_refused(url, words):
    offer = fetch(url)
    assert offer.data is None and words in offer.problem


def test_a_page_is_fetched_where_it_is_asked_for(server):
    offer = fetch(f"http://{server}/page?x=1", allow_local=True)
    assert (offer.data, offer.problem, offer.content_type) == (PAGE, None, "text/html; charset=utf-8")
    assert offer.url == offer.name == f"http://{server}/page?x=1"
    assert fetch(f"http://{server}/zipped", allow_local=True).data == PAGE
    assert "404" in fetch(f"http://{server}/gone", allow_local=True).problem


def test_a_server_is_asked_by_its_name_at_the_address_that_was_checked(server, names, as_if_public):
    port = server.rpartition(":")[2]
    assert fetch(f"http://public.example:{port}/host").data.decode() == f"public.example:{port}"


def test_redirects_are_followed_and_each_is_checked(server, names, as_if_public):
    moved = fetch(f"http://{server}/moved")
    assert (moved.data, moved.url, moved.name) == (PAGE, f"http://{server}/page", f"http://{server}/moved")
    assert "its own network" in fetch(f"http://{server}/to-elsewhere").problem
    assert "only http" in fetch(f"http://{server}/to-file").problem
    assert "redirects more than 5 times" in fetch(f"http://{server}/circle").problem


def test_a_page_that_unpacks_to_too_much_is_left(server):
    assert fetch(f"http://{server}/bomb", allow_local=True).problem == web.TOO_BIG


def test_a_server_that_does_not_answer_is_left(monkeypatch):
    monkeypatch.setattr(web, "SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        offer = fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", allow_local=True)
    assert "longer than 1 seconds" in offer.problem


def test_a_server_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "cannot be fetched" in fetch(f"http://127.0.0.1:{port}/", allow_local=True).problem
