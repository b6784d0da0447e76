"""What the journeys share: starting the program, reading its pages, breaking its files."""
