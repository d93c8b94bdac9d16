"""The beneficiary: status, designation, consent, needs."""
