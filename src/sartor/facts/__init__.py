"""Versioned, sourced tables: alleles, phenotypes, enzymes, drugs, variants, targets. Built by our own scripts."""
