"""HTTPS in the office's network, as an option: the box is its own authority, each tablet must be told to trust it.

1. `certificates`  an authority that can vouch only for names and addresses of local networks, and the box's own certificate.
2. `keeping`       the files in `secret/https`, made by `lessonbox https make`, renewed when the pages start.
3. `relay`         takes TLS off and hands the bytes to the pages by a Unix socket; the pages themselves know nothing of it.
"""
