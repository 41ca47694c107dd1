"""Queue and clock: what runs when nobody waits at a door."""
