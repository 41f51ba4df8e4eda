"""A second, independent verifier of the Good Order evidence format.

Written from docs/spec alone, to show that the specification suffices. See ../README.md.
"""
