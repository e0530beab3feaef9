"""What `make check-data` shows on a real wire: each check a module, or two of a kind. The product needs none of it."""
