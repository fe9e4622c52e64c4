# Faults: see tests/faults/RESULTS.md
