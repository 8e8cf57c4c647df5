"""Programs that run in Python and, compiled, in Node: both must give the same bits.

Each of them has CASES, a list of functions without arguments that return what JSON can hold.
`run_programs.py` and `run_programs.mjs` call each with the random numbers set back, in an empty folder.
"""
