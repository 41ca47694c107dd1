"""What `make run` does after installing: the whole of Refill Desk on one machine, to try it out."""
