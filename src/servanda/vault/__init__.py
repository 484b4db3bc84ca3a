"""Protected objects. Opens only against a decision that permits."""
