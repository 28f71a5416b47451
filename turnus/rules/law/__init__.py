"""The Working Environment Act: each rule knows its statutory value and how far each level may agree."""
