"""Small re-implementations of other people's generators, to measure ours beside them on the same data and machine.

Shapes and recipes come from the publications and public code named in each module; the code is ours. They are no part
of a design: nothing but ``sartor.bench`` and ``sartor.train`` uses them.
"""
