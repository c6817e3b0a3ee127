"""The departments a demo can play in, by language."""

from cockpit.demo.nations.bulgarian import BULGARIAN
from cockpit.demo.nations.english import ENGLISH
from cockpit.demo.nations.hungarian import HUNGARIAN
from cockpit.demo.nations.nation import Nation, Topic
from cockpit.demo.nations.russian import RUSSIAN

NATIONS = {nation.language: nation for nation in (ENGLISH, RUSSIAN, HUNGARIAN, BULGARIAN)}

__all__ = ["NATIONS", "Nation", "Topic"]
