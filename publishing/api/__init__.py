"""The API's bases: what every endpoint does, and the parts that serializers are made of.

A new type needs two serializers (`serializers`) and a view set (`views`) in its app's `api.py`,
and a line in `portal.api`.
"""
