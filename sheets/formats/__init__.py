"""One module per kind of file; each turns bytes into sheets of raw cells."""
