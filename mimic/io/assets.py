"""Where the bundled model and knowledge base lie: beside a checkout's package, or in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
#: A wheel holds them in the package (see setup.py); a checkout has them beside it.
ASSETS = PACKAGE / "assets" if (PACKAGE / "assets").is_dir() else PACKAGE.parent / "assets"
BUNDLED_MODEL = ASSETS / "model"
BUNDLED_KB = ASSETS / "kb"
