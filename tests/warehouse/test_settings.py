"""A home says plainly what is wrong with its settings, and never loses its masking key."""

import stat

import pytest

from warehouse.settings import Home, SettingsError


def write_settings(home, text):
    home.root.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(text, encoding="utf-8")


def test_a_directory_without_settings_says_what_to_run(tmp_path):
    with pytest.raises(SettingsError, match="minewatch init"):
        Home(tmp_path).settings()


@pytest.mark.parametrize(
    "text", ["not toml", "[county]\nname = 'x'", "as_of = 'soon'\n[county]\ncode='1'\nname='x'"]
)
def test_settings_that_cannot_be_used_are_named(tmp_path, text):
    home = Home(tmp_path)
    write_settings(home, text)
    with pytest.raises(SettingsError, match="settings.toml"):
        home.settings()


def test_settings_are_read(tmp_path):
    home = Home(tmp_path)
    write_settings(
        home,
        'as_of = "2022-12-10T08:00:00"\n[county]\ncode = "999901"\nname = "样例县"\n'
        "is_sample = true\n[overrides]\nplace_match_radius_m = 250\n",
    )
    settings = home.settings()
    assert settings.as_of.isoformat() == "2022-12-10T08:00:00"
    assert settings.is_sample
    assert settings.overrides == {"place_match_radius_m": "250"}


def test_the_masking_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    home = Home(tmp_path / "home")
    key = home.masking_key()
    assert len(key) == 32
    assert Home(tmp_path / "home").masking_key() == key
    assert stat.S_IMODE(home.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.archive.stat().st_mode) == 0o700
    assert list(home.root.glob("*.part")) == []


def test_the_home_comes_from_argument_then_environment_then_data(tmp_path, monkeypatch):
    monkeypatch.setenv("MINEWATCH_HOME", str(tmp_path / "from_environment"))
    assert Home.open(tmp_path / "given").root == tmp_path / "given"
    assert Home.open().root == tmp_path / "from_environment"
    monkeypatch.delenv("MINEWATCH_HOME")
    monkeypatch.chdir(tmp_path)
    assert Home.open().root == tmp_path / "data"
