"""审前检查: what stands in the way of approving a document; one module a family of small named rules."""
