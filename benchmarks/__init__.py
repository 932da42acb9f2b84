"""Claims about speed and memory, each as a ratio against a stated baseline in the same run."""
