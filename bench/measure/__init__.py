"""What `make bench` measures, a section a module. Nothing here is imported by the product."""
