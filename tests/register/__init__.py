"""The room `register`, as a specification."""
