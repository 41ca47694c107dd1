"""What every endpoint shares: who calls, what may be sent, what comes back, and how it is described."""
