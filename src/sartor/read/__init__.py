"""Files to a Patient: germline VCF, tumour VCF or MAF, medicines, record, outside calls."""
