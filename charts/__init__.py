"""Reports as pictures for a phone's screen."""
