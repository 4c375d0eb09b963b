"""What the committee's JSON door answers, by subject; its pages are made of the same models."""
