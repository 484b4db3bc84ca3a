"""The command `servanda`."""
