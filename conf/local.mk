# Sample settings.
