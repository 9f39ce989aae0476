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
html_math_renderer = "mathml"


def setup(app):  # type: ignore[no-untyped-def]  # Sphinx's own hook
    """Write formulas as MathML, which browsers draw by themselves: the pages ask nothing of any other machine."""
    from docutils.nodes import SkipNode
    from docutils.utils.math.latex2mathml import tex2mathml

    def draw(is_block):  # type: ignore[no-untyped-def]
        def visit(writer, node):  # type: ignore[no-untyped-def]
            formula = tex2mathml(node.astext(), as_block=is_block)
            writer.body.append(f'<div class="math">{formula}</div>' if is_block else formula)
            raise SkipNode

        return visit

    app.add_html_math_renderer("mathml", (draw(False), None), (draw(True), None))
