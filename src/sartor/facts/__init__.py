"""Versioned, sourced tables: alleles, phenotypes, drugs, enzymes, variants, targets. Facts only; built by our scripts."""
