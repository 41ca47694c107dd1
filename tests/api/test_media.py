"""Files Twilio fetches: at a signed address that ends in the file's own name."""

from urllib.parse import unquote, urlsplit

import pytest

import app
import config
from messaging import files
from tests.conversation import MORNING, it_is, open_shop


@pytest.fixture
def web(database_url, monkeypatch):
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    return app.create_app().test_client()


def _kept(web, name):
    it_is(MORNING)
    media = files.keep(open_shop().company, b"PK...", name, "text/csv")
    return urlsplit(files.address(media)).path


@pytest.mark.parametrize(
    "name", ["rejected rows.xlsx", "दवाइयाँ.xlsx", "50% off?#1.csv", "../../etc/passwd", "a;b=c&d.pdf"]
)
def test_the_address_ends_in_the_name_the_phone_shows(web, name):
    path = _kept(web, name)
    assert unquote(path.rsplit("/", 1)[1]) == name.replace("/", "_")
    assert web.get(path).data == b"PK..."


def test_the_address_without_a_name_works_as_before(web):
    assert web.get(_kept(web, "a.csv").rsplit("/", 1)[0]).data == b"PK..."


@pytest.mark.parametrize("path", ["/media/guessed", "/media/guessed/a.csv"])
def test_a_guessed_address_leads_nowhere(web, path):
    assert web.get(path).status_code == 404
