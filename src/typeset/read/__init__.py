"""From bytes to values: raw text becomes a Source, an edited manuscript (YAML) a Bulletin."""

from typeset.read.manuscript import bulletin_as_dict, read_manuscript, write_manuscript
from typeset.read.text import decode, read_text

__all__ = ["bulletin_as_dict", "decode", "read_manuscript", "read_text", "write_manuscript"]
