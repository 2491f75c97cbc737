"""The one door to RDKit: parse, standardize, fingerprints, descriptors, scaffolds, substructures, depiction."""
