"""Who may see, who may do: the one place."""
