"""A package comes over HTTP once, when it is asked for, and every failure says its mend."""

import json
import socket
import ssl
import threading
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.adapters.translation.fetching import download
from bot.adapters.translation.installing import install
from bot.adapters.translation.packages import find_packages
from bot.errors import InstallationError
from tests.support.model_server import running_model_server
from tests.support.packs import put_archive, put_small

AT = "2026-11-25T04:00:00+00:00"
FILE = "/v1/translate-vi_en-1_9.argosmodel"
NAME = "translate-vi_en-1.9"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def shop(tmp_path):
    with running_model_server() as server:
        server.files[FILE] = put_small(tmp_path / "a.zip").read_bytes()
        yield server


@pytest.fixture
def put(tmp_path, shop):
    def call(source, **options):
        options = {"index": f"{shop.url}/index.json", **options}
        return install(source, tmp_path / "models", installed_at=AT, **options)

    return call


@pytest.fixture
def refusal(put):
    def call(source, **options):
        with pytest.raises(InstallationError) as refused:
            put(source, **options)
        return str(refused.value)

    return call


def entry(source, target, version, *links, **more):
    return {
        "from_code": source,
        "to_code": target,
        "package_version": version,
        "links": list(links),
        **more,
    }


def self_signed(file):
    """A certificate that localhost gave itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(
        certificate.public_bytes(Encoding.PEM)
        + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return file


def left(tmp_path):
    return sorted(file.name for file in (tmp_path / "models").iterdir() if file.name != ".lock")


def test_an_address_is_fetched_with_progress_and_its_hash_written_down(put, shop, tmp_path):
    seen = []
    done = put(shop.url + FILE, progress=lambda *counts: seen.append(counts))
    content = shop.files[FILE]
    assert done.record.archive_sha256 == sha256(content).hexdigest()
    assert done.record.source == shop.url + FILE
    assert seen[-1] == (len(content), len(content))
    assert left(tmp_path) == [NAME]
    assert shop.paths == [FILE]


def test_a_server_that_tells_no_length_will_do(put, shop):
    shop.unsaid.add(FILE)
    seen = []
    put(shop.url + FILE, progress=lambda *counts: seen.append(counts))
    assert seen[-1] == (len(shop.files[FILE]), 0)


def test_a_password_or_a_signature_in_an_address_is_not_written_down(put, shop):
    shop.files[f"{FILE}?token=secret"] = shop.files.pop(FILE)
    address = shop.url.replace("//", "//somebody:password@") + FILE
    assert put(f"{address}?token=secret").record.source == shop.url + FILE


def test_a_real_package_comes_over_the_network_and_is_found(put, shop, tmp_path):
    shop.files["/ja_en.argosmodel"] = put_archive(tmp_path / "b.zip", "ja_en").read_bytes()
    done = put(f"{shop.url}/ja_en.argosmodel")
    found, problems = find_packages([tmp_path / "models"], tmp_path / "var")
    assert ([each.folder for each in found], problems) == ([done.folder.resolve()], [])


def test_a_direction_is_looked_up_and_the_newest_version_is_taken(put, shop):
    shop.files["/index.json"] = json.dumps(
        [
            entry("vi", "en", "1.2", f"{shop.url}/old"),
            entry("vi", "en", "1.10", "ipfs://Qm", f"{shop.url}/gone", shop.url + FILE),
            entry("vi", "en", "9", f"{shop.url}/splitter", type="sbd"),
            entry("en", "vi", "2.0", f"{shop.url}/other"),
        ]
    ).encode()
    for direction in ("vi_en", "translate-vi_en"):
        shop.asked.clear()
        assert put(direction).name == NAME
        assert shop.paths == ["/index.json", "/gone", FILE]


def test_a_direction_that_is_not_there_is_refused_with_two_that_would_do(refusal, shop):
    shop.files["/index.json"] = json.dumps(
        [entry("vi", "en", "1.9", "x"), entry("en", "ja", "1.1", "x"), entry("ne", "en", "1", "x")]
    ).encode()
    assert refusal("vi_ja").endswith("Install vi_en and en_ja: both together serve it.")
    assert refusal("ja_ne").endswith("No two packages together serve it either.")
    assert "no http address" in refusal("vi_en")
    for content in (b"<html>", b"{}", b"[]" + b" " * 16 * 1024**2):
        shop.files["/index.json"] = content
        assert "is no index" in refusal("vi_en")


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, "look up its present address"), (410, "is not there"), (503, "answers 503: try later")],
)
def test_a_file_that_the_server_does_not_give_is_said(refusal, shop, tmp_path, status, told):
    shop.statuses[FILE] = status
    assert told in refusal(shop.url + FILE)
    assert left(tmp_path) == []


def test_a_download_that_breaks_off_leaves_nothing(refusal, shop, tmp_path):
    shop.breaking.add(FILE)
    assert "broke off in the middle: try again" in refusal(shop.url + FILE)
    assert left(tmp_path) == []


def test_a_download_with_another_checksum_leaves_nothing(refusal, shop, tmp_path):
    assert "the SHA-256 is" in refusal(shop.url + FILE, sha256="a" * 64)
    assert left(tmp_path) == []


@pytest.mark.parametrize("says_length", [True, False])
def test_more_than_a_package_can_have_is_not_fetched(shop, tmp_path, says_length):
    if not says_length:
        shop.unsaid.add(FILE)
    size = len(shop.files[FILE])
    get = partial(download, shop.url + FILE, checked=False, progress=lambda *_: None)
    get(tmp_path / "all", most=size)
    with pytest.raises(InstallationError, match=f"gives more than {size - 1} bytes"):
        get(tmp_path / "none", most=size - 1)
    assert (tmp_path / "none").exists() is not says_length


def test_who_is_offline_is_told_to_fetch_the_file_elsewhere(refusal):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        told = refusal(f"http://127.0.0.1:{port}/x.argosmodel")
    assert told == (
        "cannot reach 127.0.0.1: download the file on another machine and give its path"
    )


def test_a_redirection_is_followed_and_a_circle_is_not(put, refusal, shop):
    shop.moved["/latest"] = FILE
    assert put(f"{shop.url}/latest").record.source == f"{shop.url}/latest"
    shop.moved["/circle"] = "/circle"
    assert "from one address to the next" in refusal(f"{shop.url}/circle")


def test_a_model_that_anybody_could_exchange_on_the_way_is_refused(refusal, shop, monkeypatch):
    shop.moved["/latest"] = "http://models.example/x"
    for source in (f"{shop.url}/latest", "http://models.example/x"):
        assert "use https, or give --sha256" in refusal(source)
    shop.moved["/latest"] = "ftp://models.example/x"
    assert "not an http address" in refusal(f"{shop.url}/latest")
    # A name that a proxy would have to look up shows that with a checksum it is asked for.
    monkeypatch.setenv("http_proxy", shop.url)
    assert "is not there" in refusal("http://models.example/x", sha256="a" * 64)


def test_the_proxy_of_the_environment_is_used_and_its_exceptions_too(put, shop, monkeypatch):
    address = "http://models.example/vi_en"
    shop.files[address] = shop.files[FILE]
    digest = sha256(shop.files[FILE]).hexdigest()
    monkeypatch.setenv("http_proxy", shop.url)
    assert put(address, sha256=digest).name == NAME
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert put(shop.url + FILE).replaced


def test_a_server_whose_certificate_nobody_vouches_for_is_refused(refusal, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "localhost.pem"))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection, pytest.raises(ssl.SSLError):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=answer)
        thread.start()
        told = refusal(f"https://localhost:{server.getsockname()[1]}/x.argosmodel")
        thread.join()
    assert "localhost shows no certificate that this machine trusts" in told
