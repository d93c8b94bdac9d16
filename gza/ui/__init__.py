"""Components, style sheet, fonts, icons, forms and figures: how Gza looks and speaks. No query, no rule."""
