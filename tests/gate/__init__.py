"""The gate for what `termsheet` writes as Word: what is judged here shares no code with the writer."""
