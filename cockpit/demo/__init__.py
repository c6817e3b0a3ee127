"""A believable department that never was: for a first look, for tests and for measuring."""

from cockpit.demo.spec import Spec
from cockpit.demo.stream import Record, generate
from cockpit.demo.writing import build

__all__ = ["Record", "Spec", "build", "generate"]
