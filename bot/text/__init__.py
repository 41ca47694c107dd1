"""What people type, read: pure functions over text, in English, Hindi and Hinglish; None means "not that"."""
