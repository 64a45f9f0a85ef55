"""Two Fronts: the war in Europe, 1941-45, day by day on one map."""
