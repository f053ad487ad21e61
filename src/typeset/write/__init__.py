"""Edition (and bulletin) → bytes, one module an output; writers read values and decide nothing about pages."""
