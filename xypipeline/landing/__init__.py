"""What arrived: every file seen, recognised or refused at the door; files are read, never edited."""
