"""The configuration: what holds, where it comes from, and what is said about mistakes in it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit import config
from cockpit.__main__ import run
from cockpit.config import Agenda, Config, Turns, load, parse, toml, topics_path
from cockpit.errors import Refused
from cockpit.tui.actions import complaints
from cockpit.tui.agenda import BOXES, DEFAULT, ItemId, total
from cockpit.tui.themes import THEMES
from tests.test_arrows import loaded_after

PLACE = Path("/there/config.toml")
ITEMS: list[ItemId] = list(BOXES)

whole_files = st.builds(
    Config,
    theme=st.sampled_from([None, "dark", "light"]),
    share=st.booleans(),
    topics=st.none() | st.text("abc/. \"'\\é", min_size=1),
    agenda=st.builds(
        Agenda,
        order=st.permutations(ITEMS).map(tuple),
        off=st.lists(st.sampled_from(ITEMS[:-1]), unique=True).map(tuple),
        seconds=st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 7200)),
    ),
    turns=st.builds(
        Turns,
        seller=st.integers(1, 7200),
        head=st.integers(0, 7200),
        order=st.sampled_from(["deviation", "rotating"]),
    ),
    keys=st.dictionaries(
        st.sampled_from(["clock.pause", "item.next"]), st.text("xyz,", min_size=1)
    ),
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's configuration is looked for."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("COCKPIT_CONFIG", str(path))
    return path


def test_without_a_file_the_stand_up_takes_fifteen_minutes_in_nine_items() -> None:
    assert Config().items() == DEFAULT
    assert [item.id for item in DEFAULT] == ITEMS
    assert len(DEFAULT) == 9
    assert total(DEFAULT) == 900


def test_the_file_orders_items_switches_them_off_and_gives_them_seconds() -> None:
    chosen = parse(
        '[agenda]\norder = ["payments", "plan_fact"]\noff = ["case"]\n'
        "[agenda.seconds]\nplan_fact = 240\n",
        PLACE,
    )
    agenda = chosen.items()
    assert [item.id for item in agenda][:3] == ["payments", "plan_fact", "rhythm"]
    assert agenda[-1].id == "close"
    assert "case" not in [item.id for item in agenda]
    assert {item.id: item.seconds for item in agenda}["plan_fact"] == 240


@pytest.mark.parametrize("seconds", [90, 61, 1])
def test_a_box_may_be_any_number_of_seconds(seconds: int) -> None:
    """Pitfall K9: ninety seconds are neither one minute nor two."""
    (item,) = parse(
        f'[agenda]\norder = ["payments"]\n[agenda.seconds]\npayments = {seconds}\n', PLACE
    ).items()[:1]
    assert (item.id, item.seconds) == ("payments", seconds)


@given(whole_files)
def test_what_is_shown_is_a_file_that_says_the_same(chosen: Config) -> None:
    shown = parse(toml(chosen), PLACE)
    assert shown.items() == chosen.items()
    assert toml(shown) == toml(chosen)
    assert (shown.theme, shown.share, shown.topics, shown.turns, shown.keys) == (
        chosen.theme, chosen.share, chosen.topics, chosen.turns, chosen.keys,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("them = 'dark'", ["them", "did you mean theme"]),
        ("[agenda]\nordr = []", ["agenda.ordr", "did you mean order"]),
        ("[agenda]\norder = ['plan_fct']", ["agenda.order", "plan_fct", "did you mean plan_fact"]),
        ("[agenda.seconds]\npayment = 30", ["agenda.seconds", "did you mean payments"]),
        ("[agenda.seconds]\npayments = 0", ["agenda.seconds", "1"]),
        ("[agenda.seconds]\npayments = 'long'", ["agenda.seconds", "a whole number"]),
        ("[agenda]\norder = ['close', 'close']", ["close", "twice"]),
        (f"[agenda]\noff = {json.dumps(ITEMS)}", ["off"]),
        ("[turns]\norder = 'random'", ["turns.order cannot be random", "deviation, rotating"]),
        ("theme = 'drak'", ["theme cannot be drak: choose among dark, light"]),
        ("share = 1", ["share", "true or false"]),
        ("conversions = [['call', 'metting']]", ["conversions", "metting", "type meeting"]),
        ("conversions = [['call', 'promise']]", ["conversions", "no step promise", "invoice"]),
        ("conversions = ['call']", ["conversions", '[["call", "meeting"]']),
        ("conversions = [['call', 'meeting', 'won']]", ["conversions", '[["call", "meeting"]']),
        ("conversions = [['call', 1]]", ["conversions", '[["call", "meeting"]']),
        ("conversions = [['call', 'call']]", ["conversions: call, call", "nothing new"]),
        ("conversions = [['call', 'won'], ['calls', 'won']]", ["calls, won", "nothing new"]),
        ("theme = \nshare = true", ["TOML", "line 1"]),
    ],
)
def test_a_mistake_is_refused_with_file_key_and_what_was_meant(text: str, words: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, PLACE)
    said = str(refused.value)
    assert said.startswith(f"{PLACE}: ")
    assert "\n" not in said
    for word in words:
        assert word in said


def test_the_environment_has_its_way_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text('theme = "dark"\ntopics = "t.toml"\n')
    there = {"COCKPIT_CONFIG": str(path)}
    assert load(there).theme == "dark"
    chosen = load(there | {"COCKPIT_THEME": "light", "COCKPIT_SHARE": "true"})
    assert (chosen.theme, chosen.share, chosen.topics) == ("light", True, "t.toml")
    assert topics_path(chosen, there) == tmp_path / "t.toml"
    with pytest.raises(Refused, match="COCKPIT_THEME cannot be grey: choose among dark"):
        load(there | {"COCKPIT_THEME": "grey"})
    with pytest.raises(Refused, match="COCKPIT_SHARE cannot be perhaps"):
        load(there | {"COCKPIT_SHARE": "perhaps"})


def test_a_named_file_has_to_be_there_the_platforms_need_not(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        load({"COCKPIT_CONFIG": str(tmp_path / "none.toml")})


def test_the_platforms_place_follows_xdg(tmp_path: Path) -> None:
    script = "from cockpit import config; print(config.path({}))"
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )
    if sys.platform == "linux":
        assert done.stdout.strip() == str(tmp_path / "cockpit" / "config.toml")


def test_the_themes_of_the_file_are_those_of_the_screen() -> None:
    names = {theme.name.removeprefix("cockpit-") for theme in THEMES}
    schema = msgspec.json.schema(Config)
    options = schema["$defs"]["Config"]["properties"]["theme"]["anyOf"]
    assert {name for option in options for name in option.get("enum", [])} == names


def test_logging_a_fact_reads_no_configuration() -> None:
    loaded = loaded_after("import cockpit.cli.quick") - loaded_after("pass")
    assert not loaded & {"cockpit.config", "tomllib", "platformdirs"}


def test_config_commands_print_path_values_schema_and_mistakes(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(line: str) -> tuple[int, str, str]:
        code = run(shlex.split(line))
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    file.write_text('[keys]\n"clock.pase" = "x"\n')
    assert said("config path")[:2] == (0, f"{file}\n")
    code, out, _ = said("config show")
    assert code == 0
    assert tomllib.loads(out)["agenda"]["seconds"] == dict(BOXES)
    code, out, err = said("config check")
    assert (code, out) == (2, "")
    assert str(file) in err
    assert "did you mean clock.pause" in err
    file.write_text('[keys]\n"clock.pause" = "z"\n')
    assert said("config check")[0] == 0
    code, out, _ = said("config schema")
    assert "agenda" in json.loads(out)["$defs"]["Config"]["properties"]
    file.write_text("theem = 'dark'\n")
    code, out, err = said("config show")
    assert (code, out) == (2, "")
    assert err == f"cockpit: {file}: there is no key theem; did you mean theme?\n"


def test_the_manual_shows_a_file_that_can_be_used() -> None:
    page = (Path(config.__file__).parents[1] / "docs" / "config.md").read_text()
    block = page.split("```toml\n")[1].split("```")[0]
    chosen = parse(block, PLACE)
    assert chosen.items() != DEFAULT
    assert complaints(chosen.keys) == []
    for field in msgspec.structs.fields(Config):
        assert f"`{field.name}`" in page or f"[{field.name}]" in page


def test_a_file_that_is_not_there_is_not_called_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COCKPIT_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "cockpit" / "config.toml"
    assert run(["config", "check"]) == 0
    assert capsys.readouterr().out == f"✓ {file}: not there, the defaults hold\n"
    file.parent.mkdir()
    file.write_text('theme = "light"\n')
    assert run(["config", "check"]) == 0
    assert capsys.readouterr().out == f"✓ {file}: nothing wrong\n"


def test_a_file_of_topics_that_is_not_there_is_a_mistake(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('topics = "nope.toml"\n')
    assert run(["config", "check"]) == 2
    assert "nope.toml" in capsys.readouterr().err


def test_the_pairs_of_steps_are_named_in_any_language_and_may_be_the_trades_own() -> None:
    chosen = parse('conversions = [["звонок", "won"], [":measurement", "order"]]', PLACE)
    assert chosen.pairs() == (("call_made", "deal_won"), (":measurement", "order_placed"))
    assert parse(toml(chosen), PLACE).pairs() == chosen.pairs()
