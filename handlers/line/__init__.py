"""The LINE channel: webhook in, reply and push out."""
