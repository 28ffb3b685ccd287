"""What is live, for programs: a read-only JSON API below /api/v1/, described at /api/v1/openapi.json."""
