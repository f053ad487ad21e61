"""The values that the stages hand to each other: plain, frozen, typed. Imports nothing else of ours."""
