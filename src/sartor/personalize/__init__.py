"""A Patient and the facts to a DesignBrief, one rule per file."""
