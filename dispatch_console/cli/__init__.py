"""The command line: `main` collects the commands, each module beside it registers one. They call the services."""
