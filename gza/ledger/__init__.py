"""The append-only, hash-chained record of every act, every opening and every refusal.

``act()`` is the only unit of work of the product: domain writes, then one event, in one durable transaction.
"""
