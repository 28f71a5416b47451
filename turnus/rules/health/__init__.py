"""What makes a rota healthy: counted and made fewer unless the parties make it hard."""
