"""Legal time, pure: where an instrument stands at an instant."""
