"""Whether what the bot says is so: every asserted condition, recomputed from the tables at the commit that queued it.

``said`` reads a message and what it asserts, ``tasks`` ``people`` ``dangers`` ``cases`` ``everything`` recompute one kind of
condition each, ``witness`` stands beside every transaction of a played core and writes down what was not true.
"""
