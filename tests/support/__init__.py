"""What tests share: small models and data, stand-ins, and paths."""

from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
PARITY = TESTS / "parity"
#: The fixture `call`: a command in this process.
Run = Any
