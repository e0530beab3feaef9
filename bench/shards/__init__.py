"""A lane split over shards by what an item says: a simulation, for docs/scale.md. The product routes by lane alone."""
