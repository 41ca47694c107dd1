"""What the desk achieves: each module reads only and gives one report as a value."""
