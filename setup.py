"""The wheel is the library with its bundled model; the page and the analysis run from a checkout.

Everything else is in pyproject.toml. What stands here it cannot say: `assets/` lies beside the
package in a checkout, and in the package in a wheel.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["mimic", "mimic.*"]), "mimic.assets"],
    package_dir={"mimic.assets": "assets"},
    package_data={
        "mimic": ["py.typed"],
        "mimic.atlas.words": ["train_*.txt"],
        "mimic.assets": ["model/*", "kb/*", "kb/kb_image/*"],
    },
    include_package_data=False,
)
