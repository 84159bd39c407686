"""Cuts the font of the charts out of Noto Sans CJK SC: ``python -m tools.chart_font [FONT.ttc]``.

The characters are those of GB 2312 (what everyday Chinese is written with), Latin letters and the marks the texts use.
The licence (OFL 1.1, beside the font) allows this; the part has a name of its own, as it asks for changed fonts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
TARGET = Path(__file__).parent.parent / "bot/make/font/linsheng-sans.otf"
FAMILY = "Linsheng Sans"
MARKS = "·—…「」【】『』（）：，。、；！？％〇×√→✓￥　"


def characters() -> str:
    """Everything the charts can say."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    hanzi = "".join(cell.decode("gb2312", "ignore") for cell in cells)
    return hanzi + MARKS + "".join(map(chr, range(0x20, 0x7F)))


def main(source: str) -> None:
    """Write the font."""
    faces = TTCollection(source).fonts
    face = next(face for face in faces if face["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = subset.Options(hinting=False, desubroutinize=False, layout_features=[], name_IDs=[0, 1, 2, 4, 6, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(face)
    for number, name in ((1, FAMILY), (4, FAMILY), (6, "LinshengSans-Regular")):
        for record in [record for record in face["name"].names if record.nameID == number]:
            face["name"].setName(name, number, record.platformID, record.platEncID, record.langID)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    face.save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main((sys.argv[1:] or [SOURCE])[0])
