"""The description of the API (OpenAPI 3.1) as plain rows, from which its page is made."""
