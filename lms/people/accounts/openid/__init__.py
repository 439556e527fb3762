"""The authorization code flow as both kinds of provider use it; allauth keeps states and logs in.

allauth skips the signature of an ID token that came straight from the provider, knows no nonce,
asks without bounds and answers a provider that is down with an error page of the server: what it
lacks is here.
"""
