"""How long pages take, shown by running them."""
