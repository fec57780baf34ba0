"""What a source offers: files, folders, archives, and how each hostile one is refused."""

import ast
import gzip
import os
import socket
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from analysis.ingest import sources
from analysis.ingest.sources import offers
from refused import refused

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "f"
    made.mkdir()
    return made


def offered(*wanted, story=Path("nowhere"), **options) -> dict[str, bytes | str]:
    """Return what is offered: name → bytes, or the words of the refusal."""
    return {offer.name: offer.problem if offer.data is None else offer.data
            for offer in offers(map(str, wanted), story=story, **options)}


def packed(file: Path, members: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


# Files and folders


def test_a_folder_offers_its_files_in_order_and_tells_what_is_hidden(folder):
    (folder / "sub").mkdir()
    hidden = [".DS_Store", "Thumbs.db", "~$a.docx"]
    for name in ("b.txt", "a.txt", "sub/c.txt", *hidden):
        (folder / name).write_text(name)
    (folder / ".git").mkdir()
    found = offered(folder)
    assert list(found) == ["f/.DS_Store", "f/.git", "f/Thumbs.db", "f/a.txt", "f/b.txt", "f/sub/c.txt", "f/~$a.docx"]
    assert {found[f"f/{name}"] for name in (*hidden, ".git")} == {"it is hidden"}
    assert found["f/sub/c.txt"] == b"sub/c.txt"


def test_the_parts_of_a_page_that_a_browser_saved_are_no_articles(folder):
    for place in ("bridge_files/ad.html", "Brücke-Dateien/ad.html", "own_files/a.txt"):
        (folder / place).parent.mkdir()
        (folder / place).write_text("x")
    for page in ("bridge.htm", "Brücke.html"):
        (folder / page).write_text("x")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for name in ("f/bridge.htm", "f/bridge_files/ad.html", "f/bridge_files/js/a.js"):
            archive.writestr(name, b"x")
    found = offered(folder)
    assert [name for name, data in found.items() if data == b"x"] == [
        "f/Brücke.html", "f/bridge.htm", "f/own_files/a.txt", "f/z.zip › f/bridge.htm"]
    assert all("pictures and scripts" in found[name] for name in ("f/bridge_files", "f/Brücke-Dateien", "f/z.zip › f/bridge_files"))
    assert len(found) == 7


def test_of_another_story_the_texts_are_taken(folder):
    files = ["articles.csv", "layout.csv", "gold/times.csv", "removed/a.txt", "story.toml", "texts/a.txt"]
    for name in files:
        (folder / "one" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "one" / name).write_bytes(b"x")
    packed(folder / "z.zip", {f"one/{name}": b"x" for name in files} | {"own.csv": b"x"})
    found = offered(folder)
    assert [name for name, data in found.items() if data == b"x"] == [
        "f/one/articles.csv", "f/one/texts/a.txt", "f/z.zip › one/articles.csv", "f/z.zip › own.csv", "f/z.zip › one/texts/a.txt"]
    assert all("a story of Tellings" in found[name] for name in ("f/one/story.toml", "f/z.zip › one/story.toml"))
    packed(folder / "z.zip", {"bundle.json": b"{}", "results/codings.csv": b"x"})
    assert "unbundle" in offered(folder / "z.zip")["z.zip"]


def test_folders_without_end_are_told(folder):
    deep = folder.joinpath(*"d" * 150)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("a")
    assert list(offered(folder).values()) == ["it lies more than 100 folders deep"]


def test_names_do_not_depend_on_the_way_to_a_folder(folder, monkeypatch):
    (folder / "a.txt").write_text("a")
    monkeypatch.chdir(folder)
    assert offered(folder) == offered(".") == offered("../f/") == {"f/a.txt": b"a"}


def test_a_source_that_is_not_there_is_told_before_anything_is_read(folder):
    (folder / "a.txt").write_text("a")
    assert "no such file" in refused(lambda wanted: offered(*wanted), [folder, folder / "b.txt"]).problem


def test_the_story_itself_is_passed_over(folder):
    (folder / "story").mkdir()
    (folder / "story" / "a.txt").write_text("a")
    assert offered(folder, story=folder / "story") == {"f/story": "this is the story itself"}


@posix
def test_names_that_break_lines_or_turn_them_are_shown_by_code(folder):
    for name in ("a\nkept,b.txt", "a\u202etxt.exe", "a\x1b[31m.txt"):
        (folder / name).write_text("x")
    os.fsencode(folder)
    with open(os.fsencode(folder) + b"/\xff.txt", "w") as file:
        file.write("x")
    assert set(offered(folder)) == {"f/a[U+000A]kept,b.txt", "f/a[U+202E]txt.exe", "f/a[U+001B][31m.txt", "f/[U+DCFF].txt"}


@posix
def test_links_lead_nowhere_but_into_the_folder(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "a.txt").write_text("a")
    for name, target in {"in.txt": "a.txt", "out.txt": "../secret.txt", "up": "..", "gone.txt": "nowhere", "loop.txt": "loop.txt",
                         "self": "."}.items():
        (folder / name).symlink_to(target)
    found = offered(folder)
    assert found["f/in.txt"] == found["f/a.txt"] == b"a"
    for name, words in {"f/out.txt": "out of the folder", "f/up": "out of the folder", "f/gone.txt": "leads nowhere",
                        "f/loop.txt": "leads nowhere", "f/self": "link to a folder"}.items():
        assert words in found[name]
    (tmp_path / "named.txt").symlink_to("secret.txt")
    assert offered(tmp_path / "named.txt") == {"named.txt": b"secret"}, "who names a link means what it leads to"


@posix
def test_pipes_sockets_and_devices_are_not_opened(folder, tmp_path, monkeypatch):
    os.mkfifo(folder / "pipe.txt")
    monkeypatch.chdir(folder)  # the path of a socket may have a hundred characters
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        found = offered(folder, "/dev/zero", folder / "pipe.txt")
    assert set(found) == {"f/pipe.txt", "f/socket.txt", "zero", "pipe.txt"}
    assert all("no plain file" in problem for problem in found.values())


def test_a_file_that_is_too_big_is_not_read(folder, monkeypatch):
    with (folder / "big.txt").open("wb") as file:
        file.truncate(200 * sources.MEGABYTE)
    monkeypatch.setattr(sources, "_bounded", None)
    assert offered(folder) == {"f/big.txt": "it is larger than 50 MB"}


# ZIP


def test_names_in_a_zip_are_only_names(folder, tmp_path):
    packed(folder / "a.zip", {"../up.txt": b"up", "/etc/passwd": b"root", "C:\\x.txt": b"c", "ok/b.txt": b"b", "ok/.hidden": b"h",
                              "__MACOSX/b.txt": b"m", "empty/": b""})
    found = offered(folder / "a.zip")
    assert {name.partition(" › ")[2]: content for name, content in found.items()} == {
        "../up.txt": b"up", "/etc/passwd": b"root", "C:\\x.txt": b"c", "ok/b.txt": b"b", "ok/.hidden": "it is hidden",
        "__MACOSX/b.txt": "it is hidden"}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "f"]


def test_a_link_in_a_zip_is_no_text(folder):
    link = zipfile.ZipInfo("a.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "no plain file" in offered(folder / "a.zip")["a.zip › a.txt"]


def test_a_zip_in_a_zip_is_refused_and_a_document_in_a_zip_is_not(folder):
    inner = packed(folder / "inner.zip", {"a.txt": b"a"}).read_bytes()
    document = packed(folder / "d.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<y/>"}).read_bytes()
    packed(folder / "outer.zip", {"inner.zip": inner, "d.docx": document})
    found = offered(folder / "outer.zip", folder / "d.docx")
    assert "archive in an archive" in found["outer.zip › inner.zip"]
    assert found["outer.zip › d.docx"] == found["d.docx"] == document


def test_an_encrypted_member_is_told(folder):
    file = packed(folder / "a.zip", {"a.txt": b"a"}, zipfile.ZIP_STORED)
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)
    assert "encrypted" in offered(file)["a.zip › a.txt"]


@pytest.mark.parametrize("spoil", [
    lambda data: data[: len(data) // 2], lambda data: data[:-4], lambda data: data.replace(b"hello", b"hallo"),
    lambda data: b"PK\x03\x04" + bytes(100), lambda data: data.replace(b"PK\x01\x02", b"PK\x01\x03"),
])
def test_a_damaged_zip_is_told(folder, spoil):
    file = packed(folder / "a.zip", {"a.txt": b"hello" * 9, "b.txt": b"x"}, zipfile.ZIP_STORED)
    file.write_bytes(spoil(file.read_bytes()))
    found = offered(file)
    assert any("damaged" in problem for problem in found.values() if isinstance(problem, str)), found


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(folder):
    file = packed(folder / "a.zip", {"a.txt": bytes(3 * sources.MEGABYTE)})
    data = file.read_bytes().replace(struct.pack("<I", 3 * sources.MEGABYTE), struct.pack("<I", 7))
    file.write_bytes(data)
    assert "damaged" in offered(file)["a.zip › a.txt"]


def test_a_member_that_unpacks_as_no_text_does_is_refused(folder):
    assert "200 times" in offered(packed(folder / "a.zip", {"a.txt": bytes(2 * sources.MEGABYTE)}))["a.zip › a.txt"]


def test_a_zip_whose_files_overlap_is_told(folder):
    data = packed(folder / "a.zip", {"a.txt": b"hello" * 9}).read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    twice = data[:start] + 2 * data[start:end] + data[end:end + 8] + struct.pack("<HHI", 2, 2, 2 * (end - start)) + data[end + 16:]
    (folder / "a.zip").write_bytes(twice)
    assert "overlap" in offered(folder / "a.zip")["a.zip"]


def test_an_archive_is_read_up_to_a_limit(folder, monkeypatch):
    monkeypatch.setattr(sources, "MOST_UNPACKED", 100)
    found = offered(packed(folder / "a.zip", {f"{number}.txt": bytes(40) for number in range(4)}))
    assert [isinstance(content, bytes) for content in found.values()] == [True, True, False, False]


def test_a_zip_of_too_many_files_is_refused_before_its_list_is_read(folder, monkeypatch):
    monkeypatch.setattr(sources, "MOST_MEMBERS", 3)
    monkeypatch.setattr(zipfile, "ZipFile", packed(folder / "a.zip", {f"{number}.txt": b"x" for number in range(4)}) and None)
    assert "too many files" in offered(folder / "a.zip")["a.zip"]


# WARC


def warc(file: Path, records: list[tuple[str, str, str, bytes]]) -> Path:
    """Write a web archive of (URL, status, content type, body), each with its request."""
    pack = gzip.compress if file.suffix == ".gz" else bytes
    with file.open("wb") as stream:
        for url, status, kind, body in records:
            http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            for sort, block in (("response", http), ("request", b"GET / HTTP/1.1\r\n\r\n")):
                head = (f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2021-10-18T00:00:00Z\r\n"
                        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={sort}\r\nContent-Length: {len(block)}\r\n\r\n")
                stream.write(pack(head.encode() + block + b"\r\n\r\n"))
    return file


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_web_archive_offers_its_pages_and_counts_the_rest(folder, name):
    file = warc(folder / name, [
        ("https://herald.example/one", "200 OK", "text/html; charset=utf-8", b"<p>One</p>"),
        ("https://herald.example/style.css", "200 OK", "text/css", b"p{}"), ("https://herald.example/gone", "404 Not Found", "text/html", b"gone"),
    ])
    page, others = offers([str(file)], story=folder)
    assert (page.name, page.data, page.url) == (f"{file.name} › https://herald.example/one", b"<p>One</p>", "https://herald.example/one")
    assert page.content_type == "text/html; charset=utf-8"
    assert others.problem == "records that hold no page: 3 request, 1 text/css (200), 1 text/html (404)"


def test_a_page_packed_in_another_way_is_told(folder):
    file = warc(folder / "a.warc", [("https://herald.example/one", "200 OK", "text/html\r\nContent-Encoding: br", b"\x0b\x02\x80shut\x03")])
    assert "packed as 'br'" in offered(file)["a.warc › https://herald.example/one"]


def test_a_web_archive_is_read_up_to_a_limit_and_damage_is_told(folder, monkeypatch):
    monkeypatch.setattr(sources, "MOST_BYTES", 1000)
    file = warc(folder / "a.warc.gz", [(f"https://a.example/{n}", "200 OK", "text/html", bytes(size)) for n, size in enumerate((10, 2000, 10))])
    found = offered(file)
    assert [found[f"a.warc.gz › https://a.example/{n}"] for n in range(3)] == [bytes(10), sources.TOO_BIG, bytes(10)]


@pytest.mark.parametrize("spoil", [lambda data: data[:-30], lambda data: data[:-30] + bytes(30), lambda data: data[: len(data) // 2]])
@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_damaged_web_archive_is_told(folder, name, spoil):
    file = warc(folder / name, [("https://a.example/1", "200 OK", "text/html", b"<p>One</p>"), ("https://a.example/2", "200 OK", "text/html", bytes(999))])
    file.write_bytes(spoil(file.read_bytes()))
    found = offered(file)
    assert found[f"{name} › https://a.example/1"] == b"<p>One</p>"
    assert any("damaged" in str(problem) for problem in found.values()), found


def test_a_web_archive_whose_headers_never_end_is_told(folder):
    (folder / "a.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nX: " + bytes(3 * sources.MEGABYTE)))
    assert "headers are too long" in offered(folder)["f/a.warc.gz"]


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\n", b"WARC/9\x00\xff\r\n\r\n", gzip.compress(b"no archive", mtime=0), b"\x1f\x8b\x08", b"hello"])
def test_what_is_no_web_archive_is_told(folder, data):
    (folder / "a.warc.gz").write_bytes(data)
    assert all("damaged" in problem or "no page" in problem for problem in offered(folder).values())


# Memory


GIGABYTES = 10


def gigabytes_in_a_zip(file: Path, said: int) -> None:
    """Write a ZIP whose one member unpacks to 10 GB of zeros, and is said to unpack to something else or to that."""
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(bytes(sources.MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)  # can be repeated
    data = block * (GIGABYTES * 1024) + b"\x03\x00"
    extra = struct.pack("<HHQ", 1, 8, said)
    common = struct.pack("<HHHHHIIIHH", 45, 0, 8, 0, 0, 0, len(data), 2**32 - 1, 5, len(extra))
    with file.open("wb") as stream:
        stream.write(b"PK\x03\x04" + common + b"a.txt" + extra + data)
        start = stream.tell()
        stream.write(b"PK\x01\x02" + struct.pack("<H", 45) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a.txt" + extra)
        stream.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, stream.tell() - start, start, 0))


@posix
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's peak this way")
def test_hostile_sources_take_little_memory(folder, tmp_path):
    """10 GB of zeros in a ZIP that says so and in one that lies, texts of 200 and of 40 MB, 49 MB of NUL."""
    gigabytes_in_a_zip(folder / "bomb.zip", GIGABYTES * 2**30)
    gigabytes_in_a_zip(folder / "liar.zip", 1000)
    with (folder / "big.txt").open("wb") as file:
        file.truncate(200 * sources.MEGABYTE)
    (folder / "nul.txt").write_bytes(bytes(49 * sources.MEGABYTE))
    (folder / "long.txt").write_bytes(b"The bridge is shut. " * (2 * sources.MEGABYTE))
    # Not getrusage: a process keeps there the peak of the one that started it.
    code = ("import sys; from pathlib import Path; from analysis.ingest.add import add; from analysis.ingest.new import new_story;"
            "print([entry.why for entry in add(new_story(sys.argv[2]), [sys.argv[1]]).entries]);"
            "print([line for line in Path('/proc/self/status').read_text().splitlines() if line.startswith('VmHWM')][0].split()[1])")
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path / "story")], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parent.parent)
    problems, peak = done.stdout.splitlines()
    big, bomb, liar, long, nul = ast.literal_eval(problems)
    assert big == bomb == sources.TOO_BIG and "damaged" in liar and "bytes" in long and "bytes" in nul
    assert int(peak) < 1_000_000  # kilobytes
