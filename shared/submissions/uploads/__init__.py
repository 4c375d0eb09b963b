"""Files on their way in: begun, written under a lease, finished; every byte that was acknowledged is kept."""
