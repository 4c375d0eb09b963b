"""`omsap texts`: every text of the product as a spreadsheet for proof-readers, and what is wrong with one that came back."""
