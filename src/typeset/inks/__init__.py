"""What a press is asked to print with: registered conditions, their profiles, pictures in its inks."""
