"""What moves on the map beside the fronts: formations, offensives, journeys; from tables to products."""
