"""From where a request comes."""

import pytest
from django.test import RequestFactory, override_settings

from zhenggai.config.clients import client_address


@pytest.mark.parametrize(
    ("proxy", "noted", "address"),
    [
        (False, "", "10.0.0.9"),
        (False, "6.6.6.6", "10.0.0.9"),  # nobody may choose his own address
        (True, "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (True, "", "10.0.0.9"),
    ],
)
def test_client_address(proxy, noted, address):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": noted} if noted else {}
    )
    with override_settings(BEHIND_PROXY=proxy):
        assert client_address(request) == address
