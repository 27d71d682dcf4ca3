"""Where the stations below knock: a private sshd that knows certificates of the city only.

`server` writes its configuration and keeps it running; `gate` is all that a certificate can run.
"""
