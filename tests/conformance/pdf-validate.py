"""Lets pyHanko judge the first signature of a PDF. Arguments: file, trusted certificates (PEM). Prints one word a line."""

import sys

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

with open(sys.argv[1], "rb") as file:
    signature = PdfFileReader(file).embedded_signatures[0]
    roots = list(load_certs_from_pemder(sys.argv[2:]))
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = validate_pdf_signature(signature, context, ts_validation_context=context)
    stamp = status.timestamp_validity
    print("valid" if status.bottom_line else "invalid")
    print(status.coverage.name)
    print(status.modification_level.name if status.modification_level else "NONE")
    print("no-timestamp" if stamp is None else "timestamp-valid" if stamp.valid and stamp.trusted else "timestamp-bad")
