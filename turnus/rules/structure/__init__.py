"""What a rota always is: hard for everybody, and not to be switched off."""
