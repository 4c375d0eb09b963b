"""Stages at work: who belongs to a stage gets its row (filing, entry, payment), and loses what is unfinished when it no longer belongs."""
