"""Settings: from the environment, from files, from what `make run` wrote; and all that is missing, named."""

import importlib.util
from types import ModuleType

import pytest
from cryptography.fernet import Fernet

import config

PRODUCTION = {
    "TWILIO_API_URL": "",
    "PUBLIC_URL": "https://desk.example",
    "DATABASE_URL": "postgresql://desk@localhost/desk",
}


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The settings as a process with this environment reads them."""

    def read_with(**environment: str) -> ModuleType:
        for name, value in {"DATA_DIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        spec = importlib.util.spec_from_file_location("config_read_anew", config.__file__)
        assert spec and spec.loader
        fresh = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(fresh)
        return fresh

    return read_with


def test_a_start_with_everything_set_is_allowed(read):
    read(**PRODUCTION).check()


def test_everything_missing_is_named_in_one_message(read):
    names = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "SECRET_KEY", "ENCRYPTION_KEYS")
    settings = read(**PRODUCTION, **dict.fromkeys(names, ""))
    with pytest.raises(settings.Misconfigured) as refusal:
        settings.check()
    assert all(f"{name} is not set" in str(refusal.value) for name in names)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://desk@localhost/desk"),
        ("PUBLIC_URL", "http://desk.example"),
        ("ENCRYPTION_KEYS", "too short"),
        ("ENCRYPTION_KEYS", f"{'a' * 43}=,zz"),
        ("PORT", "eight thousand"),
        ("API_ORIGINS", "*"),
        ("API_ORIGINS", "null"),
        ("API_ORIGINS", "https://*.example"),
        ("API_ORIGINS", "https://.*"),
        ("API_ORIGINS", "http://billing.example"),
        ("API_ORIGINS", "https://billing.example, https://billing.example/page"),
    ],
)
def test_a_wrong_value_is_named_before_anything_starts(read, name, value):
    settings = read(**{**PRODUCTION, name: value})
    with pytest.raises(settings.Misconfigured, match=name):
        settings.check()


def test_origins_are_a_list_and_those_of_this_machine_need_no_https(read):
    settings = read(**PRODUCTION, API_ORIGINS="https://billing.example, http://localhost:3000,")
    settings.check()
    assert settings.API_ORIGINS == ["https://billing.example", "http://localhost:3000"]


def test_http_will_do_where_twilio_is_simulated(read):
    read(TWILIO_API_URL="http://127.0.0.1:8001", PUBLIC_URL="http://127.0.0.1:8000").check()


def test_a_secret_may_be_kept_in_a_file(read, tmp_path):
    (tmp_path / "token").write_text("from a file\n")
    assert read(TWILIO_AUTH_TOKEN_FILE=str(tmp_path / "token")).TWILIO_AUTH_TOKEN == "from a file"


def test_several_keys_keep_their_order(read):
    keys = [Fernet.generate_key().decode() for _ in range(3)]
    settings = read(ENCRYPTION_KEYS=",".join(keys))
    assert settings.ENCRYPTION_KEYS == keys


def test_what_make_run_wrote_counts_where_twilio_is_simulated(read, tmp_path):
    (tmp_path / "development.env").write_text("SECRET_KEY=made up\nPORT=8123\n")
    settings = read(TWILIO_API_URL="http://localhost:8001", SECRET_KEY="", PORT="")
    assert (settings.SECRET_KEY, settings.PORT) == ("made up", 8123)


def test_the_environment_wins_over_what_make_run_wrote(read, tmp_path):
    (tmp_path / "development.env").write_text("SECRET_KEY=made up\n")
    assert read(TWILIO_API_URL="http://localhost:8001", SECRET_KEY="ours").SECRET_KEY == "ours"


@pytest.mark.parametrize("url", ["", "https://api.twilio.com", "http://127.0.0.1.evil.example"])
def test_made_up_settings_never_reach_the_real_twilio(read, tmp_path, url):
    (tmp_path / "development.env").write_text("SECRET_KEY=made up\n")
    settings = read(TWILIO_API_URL=url, SECRET_KEY="")
    assert (settings.SECRET_KEY, settings.SIMULATED) == ("", False)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8001", "http://[::1]:1", "http://localhost", "http://127.8.9.1/"]
)
def test_addresses_of_this_machine(url):
    assert config.is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.twilio.com",
        "http://0.0.0.0:8001",
        "http://127.0.0.1@evil.example",
        "http://localhost.evil.example",
        "http://10.0.0.1",
        "127.0.0.1",
        "",
    ],
)
def test_addresses_of_other_machines(url):
    assert not config.is_loopback(url)


def test_addresses_lose_a_slash_at_the_end(read):
    settings = read(PUBLIC_URL="https://desk.example/", TWILIO_API_URL="http://127.0.0.1:8001/")
    assert (settings.PUBLIC_URL, settings.TWILIO_API_URL) == ("https://desk.example", "http://127.0.0.1:8001")
