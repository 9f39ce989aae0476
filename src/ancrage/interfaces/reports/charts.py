"""Charts as Vega-Lite specifications, drawn to SVG without any outside call.

Every drawing carries its own words (titles, labels, tooltips as mark descriptions), says "invented data" inside the
image where so, and comes out the same on every run. Palette: distinguishable in the three common colour deficiencies
and in print; text at 11 px or more, contrast of at least 4.5 to 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from xml.sax.saxutils import escape

from ancrage.dossier.model import Zone

Spec = dict[str, object]

INK = "#1b2733"
QUIET = "#4a5866"
RULE = "#d5dbe1"
ACCENT = "#0b4f79"

ZONE_COLOURS: Mapping[str, str] = {
    Zone.REGION: "#0b4f79",
    Zone.FRANCE: "#3f86b4",
    Zone.EU: "#a9cfe3",
    Zone.EEA_UK: "#f0c36b",
    Zone.WORLD: "#c2571a",
    Zone.UNKNOWN: "#c9ced4",
}
_LIGHT = frozenset({Zone.EU, Zone.EEA_UK, Zone.UNKNOWN})
VERDICT_COLOURS: Mapping[str, str] = {
    "able": "#0b4f79",
    "could-adapt": "#3f86b4",
    "lead": "#c2571a",
    "unlikely": "#8b949e",
}

FONT = "Source Sans Pro"
CONFIG: Spec = {
    "font": f"{FONT}, Helvetica, Arial, sans-serif",
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "gridColor": RULE, "domainColor": QUIET, "tickColor": QUIET, "labelLimit": 260, "labelPadding": 6,
    },
    "legend": {
        "labelColor": INK, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "symbolType": "square", "labelLimit": 220,
    },
    "title": {
        "color": INK, "fontSize": 14, "fontWeight": 600, "anchor": "start", "subtitleColor": "#9a3412",
        "subtitleFontSize": 12, "offset": 12, "frame": "group",
    },
}  # fmt: skip


def titled(title: str, notice: str, body: Mapping[str, object]) -> Spec:
    """A specification with its title, and the notice of invented data inside the image."""
    text: Spec = {"text": title} if not notice else {"text": title, "subtitle": notice}
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "title": text, "config": CONFIG, **body}


def stacked_shares(rows: Sequence[Mapping[str, object]], bars: Sequence[str], zones: Sequence[tuple[str, str]]) -> Spec:
    """One bar of 100 % for each weighting, cut by zone.

    `rows` hold `bar`, `zone` (its label), `order`, `share` (0 to 1), `text` (the percentage as written, empty when
    there is no room for it), `light` and `tip`; `zones` are (key, label) in the order of drawing.
    """
    return {
        "width": 600,
        "height": {"step": 46},
        "data": {"values": list(rows)},
        "encoding": {
            "y": {"field": "bar", "type": "nominal", "sort": list(bars), "title": None,
                  "axis": {"domain": False, "ticks": False}},
            "x": {"field": "share", "type": "quantitative", "stack": "zero", "scale": {"domain": [0, 1]}, "axis": None},
            "order": {"field": "order", "type": "quantitative"},
            "description": {"field": "tip", "type": "nominal"},
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 32, "stroke": "#ffffff", "strokeWidth": 1.5},
                "encoding": {
                    "color": {
                        "field": "zone", "type": "nominal", "title": None, "sort": [label for _, label in zones],
                        "scale": {"domain": [label for _, label in zones],
                                  "range": [ZONE_COLOURS[key] for key, _ in zones]},
                        "legend": {"orient": "bottom", "columns": 3, "symbolSize": 150},
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12, "fontWeight": 600, "aria": False},
                "encoding": {
                    "x": {"field": "share", "type": "quantitative", "stack": "zero", "bandPosition": 0.5},
                    "text": {"field": "text"},
                    "color": {"condition": {"test": "datum.light", "value": INK}, "value": "#ffffff"},
                },
            },
        ],
    }  # fmt: skip


def is_light(zone: str) -> bool:
    """True when dark text is read on the colour of a zone."""
    return zone in _LIGHT


def ranked_bars(rows: Sequence[Mapping[str, object]], order: Sequence[str]) -> Spec:
    """Horizontal bars, longest first. `rows` hold `name`, `value`, `text` (as written), `colour` and `tip`."""
    return {
        "width": 470,
        "height": {"step": 24},
        "data": {"values": list(rows)},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": list(order), "title": None,
                  "axis": {"domain": False, "ticks": False}},
            "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"nice": False}},
            "description": {"field": "tip", "type": "nominal"},
        },
        "layer": [
            {"mark": {"type": "bar", "height": 15, "cornerRadiusEnd": 1.5},
             "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}}},
            {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "color": INK, "aria": False},
             "encoding": {"text": {"field": "text"}}},
        ],
    }  # fmt: skip


def pareto(rows: Sequence[Mapping[str, object]], order: Sequence[str], cut: Mapping[str, object]) -> Spec:
    """Lines by decreasing share, and their running share as a path.

    `rows` hold `name`, `share`, `running` (0 to 1), `rank`, `text`, `colour`, `tip`; `cut` holds `at` (0 to 1) and
    `label`: the share that the main lines reach together.
    """
    scale: Spec = {"domain": [0, 1.0], "nice": False}
    y: Spec = {"field": "name", "type": "nominal", "sort": list(order), "title": None,
               "axis": {"domain": False, "ticks": False}}  # fmt: skip
    share: Spec = {"field": "share", "type": "quantitative", "axis": None, "scale": scale}
    running: Spec = {"field": "running", "type": "quantitative", "axis": None, "scale": scale}
    at: Spec = {"field": "at", "type": "quantitative", "axis": None, "scale": scale}
    return {
        "width": 480,
        "height": {"step": 24},
        "data": {"values": list(rows)},
        "layer": [
            {"data": {"values": [dict(cut)]},
             "mark": {"type": "rule", "strokeDash": [5, 3], "color": QUIET, "aria": False}, "encoding": {"x": at}},
            {"data": {"values": [dict(cut)]},
             "mark": {"type": "text", "y": -6, "fontSize": 12, "color": QUIET, "aria": False},
             "encoding": {"x": at, "text": {"field": "label"}}},
            {"mark": {"type": "bar", "height": 15, "cornerRadiusEnd": 1.5},
             "encoding": {"x": share, "y": y, "color": {"field": "colour", "type": "nominal", "scale": None},
                          "description": {"field": "tip", "type": "nominal"}}},
            {"transform": [{"filter": "datum.share < 0.1"}],
             "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "color": INK, "aria": False},
             "encoding": {"x": share, "y": y, "text": {"field": "text"}}},
            {"transform": [{"filter": "datum.share >= 0.1"}],
             "mark": {"type": "text", "align": "right", "dx": -7, "fontSize": 12, "fontWeight": 600, "aria": False,
                      "color": "#ffffff"},
             "encoding": {"x": share, "y": y, "text": {"field": "text"}}},
            {"mark": {"type": "line", "color": QUIET, "strokeWidth": 1.2, "aria": False},
             "encoding": {"x": running, "y": y, "order": {"field": "rank", "type": "quantitative"}}},
            {"mark": {"type": "point", "filled": True, "size": 32, "color": QUIET, "opacity": 1},
             "encoding": {"x": running, "y": y, "description": {"field": "tip", "type": "nominal"}}},
        ],
    }  # fmt: skip


def draw(key: str, spec: Mapping[str, object], alt: str) -> str:
    """The SVG of a chart, with its title for screen readers; its identifiers start with `key`, so that several
    drawings live in one page. The same specification always gives the same text."""
    svg = picture(spec)
    svg = _own_identifiers(key, svg)
    body = svg[svg.index(">") + 1 :]
    head = re.sub(r' width="([\d.]+)" height="([\d.]+)"', r' data-w="\1" data-h="\2"', svg[: svg.index(">")], count=1)
    head = head.replace(' class="marks"', f' class="marks" role="img" aria-labelledby="{key}-alt"')
    return f'{head}><title id="{key}-alt">{escape(alt)}</title>{body}'


def picture(spec: Mapping[str, object]) -> str:
    """The SVG of a chart as a picture for another document: no words for screen readers, sizes in pixels."""
    return _drawn(json.dumps(spec, sort_keys=True))


@lru_cache(maxsize=32)
def _drawn(spec: str) -> str:
    return str(_drawer().vegalite_to_svg(spec))


def _own_identifiers(key: str, svg: str) -> str:
    found = dict.fromkeys(re.findall(r' id="([^"]+)"', svg))
    for number, name in enumerate(found):
        svg = svg.replace(f' id="{name}"', f' id="{key}-{number}"').replace(f"url(#{name})", f"url(#{key}-{number})")
    return svg


@cache
def _drawer():  # type: ignore[no-untyped-def]  # the library has no types
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
    return vl_convert


def font_folder() -> object:
    """The folder of the embedded typeface (Source Sans, OFL)."""
    return resources.files("ancrage").joinpath("catalogue", "fonts")
