"""How a first start greets, and the strip above sample data. Nothing here blocks or asks twice."""
