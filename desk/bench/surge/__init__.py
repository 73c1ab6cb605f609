"""`bench surge`: the worst day, each figure beside a floor of the same run, over three sizes."""
