"""The ways in: command line, HTTP, pages. No law inside."""
