"""How fast the chain from text to facts is, beside other tools on the same text: `make bench`."""
