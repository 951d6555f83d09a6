"""Composing the official papers: facts of a plan become a `Paper`. Official papers are Thai, whoever asks for them."""
