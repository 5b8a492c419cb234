"""The commands of `dateline`, a file each; dateline.py lists them and loads the one asked for."""
