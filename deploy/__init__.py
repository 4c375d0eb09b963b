"""How the system is put on machines: the embedded stack, images, proxy and the demo."""
