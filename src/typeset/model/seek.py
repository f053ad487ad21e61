"""Finding quotations in a long text: near the last one first, so that many take time linear in the text."""

from __future__ import annotations

BACK_CHARS, NEAR_CHARS = 2_000, 100_000
"""How far before and after the last place is looked first."""
WHOLE_SCANS = 50
"""How often the whole text may be gone through; short texts more often:"""
SPARE_CHARS = 50_000_000


class Seeker:
    """Quotations come in the text's order but for a few."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last = 0
        self._left = WHOLE_SCANS * len(text) + SPARE_CHARS

    def find(self, quotation: str, *, anywhere: bool = True) -> int:
        """Where it stands near the last place found, else `anywhere`; -1 if nowhere, or not found in time."""
        if not quotation:
            return -1
        start = max(0, self._last - BACK_CHARS)
        at = self.text.find(quotation, start, self._last + NEAR_CHARS)
        if at < 0 and anywhere and self._left > 0:
            at = self.text.find(quotation)
            self._left -= len(self.text) if at < 0 else at + 1
        if at >= 0:
            self._last = at
        return at
