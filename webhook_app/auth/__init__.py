"""Who is asking, and what they may do: nobody and nothing, unless the access table says so."""
