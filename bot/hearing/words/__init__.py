"""The starter model's word graph: which words exist, how they sound, and which follow which.

``HCLr.fst`` turns sounds into words, ``Gr.fst`` weighs rows of words; both are written from a list of words and a list
of sentences in a second or two, so that a community's own services and places become audible.
"""
