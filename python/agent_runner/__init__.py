"""Carries out one prompt with an agent framework of Python, as a child of Parallel Workflow's runner."""
