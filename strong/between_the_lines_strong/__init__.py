"""The weights of the strong reader: files that kit/analysis/strong/network.py reads. See MODEL_CARD.md."""
