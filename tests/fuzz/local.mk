# Fuzz: libFuzzer under --enable-fuzzers, else a replay of the kept inputs.
# A target is fuzz_NAME.c here, its corpus the folder corpus/NAME.
fuzz_targets =
