"""The tus 1.0.0 resumable upload protocol (https://tus.io/protocols/resumable-upload), streaming into the store."""
