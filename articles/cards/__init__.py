"""Cards: the pictures that stand beside a link to a page where it is shared."""
