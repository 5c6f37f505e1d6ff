"""What a worker's phone calls: no pages, answers in JSON. The contract is docs/reference/phone-sync.md."""
