"""The example for nginx, run by nginx."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.deploy.proxy import proxied
from tests.serving import Served, free_port, serving


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Served]:
    """A service that a test may kill."""
    with serving("demo", "--empty", port=free_port(), home=tmp_path / "home") as served:
        yield served


@pytest.fixture
def client(service: Served, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of the proxy before the service."""
    with proxied(tmp_path / "proxy", service.port) as proxy, proxy.client() as client:
        yield client


def test_the_widget_comes_through_a_proxy_with_tls(service: Served, client: httpx.Client) -> None:
    document = client.get(f"/w/{service.token}", headers={"Accept-Encoding": "br"})
    answer = client.post(f"/w/{service.token}/find", data={"zip": "94110"})
    assert document.headers["content-encoding"] == "br"
    assert "max-age=31536000" in document.headers["strict-transport-security"]
    assert "Nancy Pelosi" in answer.text


def test_the_loader_is_there_while_the_service_is_not(
    service: Served, client: httpx.Client
) -> None:
    before = client.get("/embed.js")
    service.kill()
    assert client.get("/embed.js").content == before.content
    assert client.get(f"/w/{'t' * 40}").status_code == 502
