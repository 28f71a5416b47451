"""The rota itself: ruin and recreate on whole lines until demand is covered, then polish."""
