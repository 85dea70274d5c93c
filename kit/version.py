"""The kit's version: the only place that says it. CONTRIBUTING.md tells how a release is made."""

__version__ = "1.0.0.dev0"

# The kit as a reader: "kit 1.0". The third number is missing on purpose: a release that moves only that one reads
# every text as the one before it did, so a saved reading is still the kit's own.
READER = "kit " + ".".join(__version__.split(".")[:2])
STRONG_READER = "the strong reader"
PROGRAMS = (READER, STRONG_READER)  # all other readers are people
