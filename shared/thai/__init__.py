"""How Thai officials write: numerals, Buddhist-era dates, amounts in words, names of places."""
