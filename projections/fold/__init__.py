"""The fold: what every kind of event adds to the figures, and how repairs change that."""
