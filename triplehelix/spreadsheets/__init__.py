"""Tables and workbooks for people, and the template to fill in."""
