"""The rules of the pharmacy: one module per capability, plain functions named by verbs."""
