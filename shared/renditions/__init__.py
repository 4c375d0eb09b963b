"""What people look at instead of the original, which is kept as it came: playable clips, pictures, documents that can be read.

A copy is an object of its own, named on its upload's row; making one again makes a new object.
"""
