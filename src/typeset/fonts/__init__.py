"""Faces by role: opened as memory maps, looked up as arrays, subset for the PDF."""
