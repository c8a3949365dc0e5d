"""What the demo pictures show: each function draws one motif on a `Canvas`."""
