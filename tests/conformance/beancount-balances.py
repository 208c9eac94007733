"""Prints the balance of every account of a beancount file as JSON, or fails with what beancount found wrong with it."""

import json
import sys
from decimal import Decimal

from beancount import loader
from beancount.core import data

entries, errors, _ = loader.load_file(sys.argv[1])
if errors:
    for error in errors[:20]:
        print(error.message, file=sys.stderr)
    sys.exit(1)
balances: dict[str, Decimal] = {}
for entry in data.filter_txns(entries):
    for posting in entry.postings:
        balances[posting.account] = balances.get(posting.account, Decimal(0)) + posting.units.number
print(json.dumps({account: str(int(amount * 100)) for account, amount in balances.items()}))
