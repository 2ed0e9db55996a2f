"""Nothing a resident wrote reaches a log: the net under the rule."""

import json

import pytest
import structlog

from bot import logs


@pytest.fixture(autouse=True)
def as_before():
    """Leave logging to the other tests as it was."""
    known = structlog.get_config()
    yield
    structlog.configure(**known)


@pytest.mark.parametrize("field", sorted(logs.DENIED))
def test_a_denied_field_is_an_error_in_tests(field):
    logs.configure(strict=True)
    with pytest.raises(logs.DeniedFieldError, match=field):
        structlog.get_logger().info("message_stored", **{field: "つらいです"})


@pytest.mark.parametrize("field", sorted(logs.DENIED))
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_denied_field_is_blanked_elsewhere(field, form, capsys):
    logs.configure(format=form)
    structlog.get_logger().info("message_stored", **{field: "つらいです"}, message=7)
    said = capsys.readouterr().err
    assert "つらいです" not in said
    assert "7" in said


def test_what_may_carry_words_or_secrets_is_denied():
    assert {"text", "body", "token", "name", "address", "reply_token", "password"} <= logs.DENIED


def test_a_line_carries_ids_and_codes(capsys):
    logs.configure(format="json", strict=True)
    structlog.get_logger().warning("parcel_failed", parcel=3, code="quota_spent")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["parcel"], line["code"]) == ("parcel_failed", 3, "quota_spent")
    assert line["level"] == "warning"
    assert line["timestamp"]
