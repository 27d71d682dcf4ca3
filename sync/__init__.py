"""The way up and back. Everything sent is sealed first, everything received is verified first.

1. `bundle`      an approved lesson becomes a folder that never changes again: BagIt 1.0 with the station's signature.
2. `outbox`      one sender at a time; its `sending`: receipts down, all documents, videos oldest first, signatures last.
3. `reception`   the station above lets each county write into its own folder and read its own receipts.
4. `inbox`       waits for a signature, then `verify` and `chain` decide; accepted bytes go to the store and catalog.
5. `receipts`    a signed, numbered, chained answer to each bundle; the same question gets the same answer.
`enrolment` is how two stations come to trust each other, `courier_disk` the way when there is no line at all.
"""
