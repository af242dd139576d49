"""The engine of 1:1 meetings: pure values and rules, with no I/O of its own.

It knows what a 1:1 is, which occurrence comes next, what stands on the agenda
and what has to happen now. It reads no clock (`now` is an argument), opens no
connection and knows no suite: adapters bring values in and carry actions out.
"""
