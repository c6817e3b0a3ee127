"""What people see and type: the command line, the screen, import and export."""
