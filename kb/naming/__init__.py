"""What is known of names before any article is read, and how two names may be one."""
