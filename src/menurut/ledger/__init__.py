"""The ledger: incidents, and each source's account of them, across reports.

The only room that speaks SQL. It takes reports with their analyses, links what they tell, and
answers queries; it knows neither the model nor the screen. Import its modules where they are used:
SQLAlchemy takes a while to load.
"""
