"""QR codes as a telephone sees them, and as another program makes them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import qrcode
from qrcode.util import MODE_8BIT_BYTE, QRData


def read(picture: Path) -> list[str]:
    """The texts of the QR codes in a PNG."""
    command = ["zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable", str(picture)]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert done.returncode in (0, 4), done.stderr.decode()  # 4: there is none
    return done.stdout.decode().splitlines()


def modules(outline: str, side: int) -> str:
    """The modules that a path of rectangles, each one module high, makes dark."""
    rows = [["."] * side for _ in range(side)]
    for x, y, count in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", outline):
        for column in range(int(x), int(x) + int(count)):
            rows[int(y)][column] = "#"
    return "\n".join("".join(row) for row in rows)


def made_elsewhere(text: str) -> list[str]:
    """The modules of the smallest code at level M, with each of the eight masks: which one is taken is free."""
    made = []
    for mask in range(8):
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=mask)
        code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
        code.make()
        made.append("\n".join("".join("#" if dark else "." for dark in row) for row in code.modules))
    return made
