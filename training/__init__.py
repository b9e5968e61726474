"""Making the reader model. torch lives here alone."""
