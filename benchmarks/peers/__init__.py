"""The same work by other means, written as fairly as their users would write it."""
