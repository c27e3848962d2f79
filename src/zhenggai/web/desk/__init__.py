"""读件台: the document on one side, what was read from it on the other.

``paper`` cuts the text into pieces and windows · ``marks`` lays items over it · ``sheet`` writes both as HTML · ``tree`` and ``outline``
do the same for the ledger · ``detail`` is one item · ``address`` is where in the desk the reader is · ``desk`` brings them together.
"""
