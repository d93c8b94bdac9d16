"""Components, style sheet, fonts, icons, charts."""
