"""The words of good 1:1s as data: templates, questions, guides, and the models that check them."""
