"""台账: inspections, findings, tasks and measures, and the proposals through which a document becomes them."""
