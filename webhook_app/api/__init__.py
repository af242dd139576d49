"""The REST API `/api/v1`: its contract is OpenAPI 3.1, made from the very operations served."""
