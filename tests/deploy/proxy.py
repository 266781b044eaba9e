"""nginx with our own example: ports of services in, a running proxy on loopback out."""

import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.serving import free_port
from tools import debian

EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
READY_SECONDS = 10

#: What Debian's own nginx.conf says around an example, in a folder of the test.
AROUND = """
daemon off;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {example}
}}
"""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running nginx: ``origin`` with TLS, whose certificate is ``authority``."""

    origin: str
    plain: str
    authority: Path

    def client(self) -> httpx.Client:
        """A client that trusts it."""
        trust = ssl.create_default_context(cafile=self.authority)
        return httpx.Client(base_url=self.origin, verify=trust, trust_env=False)


@contextmanager
def proxied(folder: Path, *ports: int) -> Iterator[Proxy]:
    """Run the example before services on these ports, until the block ends."""
    folder.mkdir()
    tls, plain = free_port(), free_port()
    authority = _certificate(folder)
    settings = folder / "nginx.conf"
    settings.write_text(_around(folder, ports, tls, plain))
    command: list[str | Path] = [_nginx(), "-p", folder, "-c", settings, "-e", "stderr"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stderr=log)
    try:
        proxy = Proxy(f"https://127.0.0.1:{tls}", f"http://127.0.0.1:{plain}", authority)
        _wait_until_ready(proxy, process, folder / "log")
        yield proxy
    finally:
        process.terminate()
        process.wait()


def _around(folder: Path, ports: tuple[int, ...], tls: int, plain: int) -> str:
    """The example with these ports, and files in this folder.

    What only redirects to TLS serves as well, to those who cannot speak it.
    """
    example = EXAMPLE.read_text()
    services = "\n".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports)
    example = re.sub(r"(?:    server 127\.0\.0\.1:\d+ [^\n]*\n)+", services + "\n", example)
    changes = {
        r"server \{\s+listen 80;.*?\n\}\n": "",
        r"listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2; listen 127.0.0.1:{plain};",
        r"/etc/letsencrypt/live/act.example.org": str(folder),
        r"act\.example\.org": "127.0.0.1",
        r"/var/(?:cache/nginx/threesteps|log/nginx)": str(folder / "cache"),
    }
    for pattern, change in changes.items():
        example, times = re.subn(pattern, change, example, flags=re.DOTALL)
        assert times, pattern
    return AROUND.format(folder=folder, example=example)


def _nginx() -> str:
    """Debian's program, installed first where that is possible."""
    if not shutil.which("nginx", path="/usr/sbin:/usr/bin"):
        debian.install("nginx-light")
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    assert program, "The tests need nginx: apt-get install nginx-light"
    return program


def _wait_until_ready(proxy: Proxy, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    with proxy.client() as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get("/healthz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
    raise AssertionError(f"nginx did not start:\n{log.read_text()}")


def _certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1, good for a day, that vouches for itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.IPAddress(ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "privkey.pem").write_bytes(private)
    path = folder / "fullchain.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path
