"""Sphinx configuration: Markdown through MyST, the Furo theme, every warning an error."""

from importlib.metadata import version as installed_version

project = "Ancrage"
author = "Ancrage maintainers"
copyright = "Ancrage maintainers, EUPL-1.2"  # noqa: A001 - Sphinx's own name
version = release = installed_version("ancrage")
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Ancrage"
html_static_path: list[str] = []
autodoc_typehints = "description"
autodoc_member_order = "bysource"
nitpicky = False
