"""A screen for each room of the work, and what lies on top of them."""
