"""Make the two small web faces that a page carries inside, from the embedded Source Sans.

The licence (SIL OFL 1.1) reserves the name "Source" to unmodified files: the subsets are named "Ancrage Sans". Needs
fonttools and brotli, which are not dependencies of the project: `python tools/subset_fonts.py`.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src" / "ancrage" / "catalogue" / "fonts"
FACES = {"SourceSansPro-Regular.ttf": ("Regular", "AncrageSans-Regular.woff2"),
         "SourceSansPro-Semibold.ttf": ("Semibold", "AncrageSans-Semibold.woff2")}  # fmt: skip
CHARACTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x2009, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026,
    0x202F, 0x20AC, 0x2032, 0x2033, 0x2190, 0x2192, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x00D7, 0x03A9, 0x03BC,
)  # fmt: skip


def main() -> None:
    """Write both faces."""
    for name, (style, target) in FACES.items():
        font = TTFont(FONTS / name, recalcTimestamp=False)
        options = subset.Options(
            layout_features=["kern", "liga", "tnum", "mark", "ccmp"], hinting=False, flavor="woff2"
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CHARACTERS)
        cutter.subset(font)
        renamed = {1: "Ancrage Sans", 2: style, 3: f"AncrageSans-{style}", 4: f"Ancrage Sans {style}",
                   6: f"AncrageSans-{style}", 16: "Ancrage Sans", 17: style}  # fmt: skip
        font["name"].names = [one for one in font["name"].names if one.nameID in {0, 13, 14}]
        for number, text in renamed.items():
            font["name"].setName(text, number, 3, 1, 0x409)
        font.flavor = "woff2"
        font.save(FONTS / target)


if __name__ == "__main__":
    main()
