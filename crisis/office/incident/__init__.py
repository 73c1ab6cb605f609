"""Acts on an incident: triage, levels, clocks that begin, merging, who may see it."""
