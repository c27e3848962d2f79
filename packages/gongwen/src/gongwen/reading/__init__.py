"""阅读规则: one module for each question that a reading answers; `gongwen.bulletin` runs them in their order.

clean, layout: the text and its paragraphs · frame, roles: what stands around the body · outline: headings ·
findings, steps, fields, statuses, ledgertables, responsibility: problems and what is said about each ·
quantities with nouns, labels, shares, periods: figures · citations, dates, parties, organisations · claims,
totals, leftovers. `tables/` holds the words: numbering styles, units, verbs, suffixes.
"""
