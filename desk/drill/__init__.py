"""Stories played on real parts over HTTP and mail, as people would: the demo and the drills."""
