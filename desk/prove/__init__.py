"""Proof under fire: campaigns that kill and starve real processes, and a checker that looks on."""
