"""The boxes of an MP4 or MOV, read with bounds by ourselves: where each sample lies and when it is shown."""
