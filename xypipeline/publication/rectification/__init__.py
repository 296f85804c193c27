"""整改通知单: what each hospital is told to put right, and by when."""
