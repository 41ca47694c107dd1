"""The jobs, one module each, named by what they do; every one may run twice, late or never."""
