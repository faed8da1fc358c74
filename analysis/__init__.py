"""Position of Strength: data, measures and verdicts of an executable book."""

__version__ = "0.1.0"
