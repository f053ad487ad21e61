"""Pages as pictures, rendered from the finished PDF."""

from __future__ import annotations

import io


def write_png(pdf: bytes, dpi: int) -> list[bytes]:
    """One PNG a page, cut to the trim."""
    import pypdfium2

    out = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        media, trim = page.get_mediabox(), page.get_trimbox()
        crop = (trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3])
        picture = page.render(scale=dpi / 72, crop=crop).to_pil()
        data = io.BytesIO()
        picture.save(data, "PNG", optimize=False)
        out.append(data.getvalue())
    return out
