"""How matters come in: reports and press requests, by form and by API."""
