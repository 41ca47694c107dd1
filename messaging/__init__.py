"""What we say, and getting it said."""
