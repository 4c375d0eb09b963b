"""What the officers' JSON door answers, by subject; its pages are made of the same models."""
