"""Reading a roster file and deciding what it changes. Pure; see the README beside this file."""
