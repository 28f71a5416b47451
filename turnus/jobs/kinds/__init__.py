"""The kinds of job, one file each; a file here is a kind."""
