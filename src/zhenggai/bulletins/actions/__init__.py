"""The only writers of drafts and editions: drafting, binding, approving, publishing."""
