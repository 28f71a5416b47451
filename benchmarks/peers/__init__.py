"""What a user would pick instead of turnus, on the same cases in one session, judged by the same audit."""
