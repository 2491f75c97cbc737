"""The one door to PyTorch: tokenizer, sequence models, training loop; and the store of shipped weights."""
