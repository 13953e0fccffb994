"""Small writers: finished editions in, the files that go beside them out."""
