"""The build half: hand-written `data/` to the products in `geo/`."""
