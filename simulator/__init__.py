"""A stand-in for Twilio's WhatsApp on this machine: its HTTP interface, phones on a page, and trouble."""
