"""Deliveries → raw zone: read a file as its sender made it, account for every row, write it once."""
