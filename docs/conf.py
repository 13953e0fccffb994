"""The settings of Sphinx, which makes the site of the docs."""

project = html_title = "Press"
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["templates", "site"]
highlight_language = "none"
pygments_style = "default"
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
smartquotes = False  # what is quoted is what somebody types or reads in a message
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # an example may leave something out with '…'
