"""Why: attribution, neighbours, domain, counterfactual patients."""
