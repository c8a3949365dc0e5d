"""Base classes of the API: endpoint behaviour and shared serializers.

A new type needs two serializers (see `serializers`) and a view set (see `views`) in its app's
`api.py`, and a line in `portal.api`.
"""
