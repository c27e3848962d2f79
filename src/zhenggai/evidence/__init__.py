"""佐证材料: files by their content, source documents and the places in them."""
