"""File formats: grids of cells (spreadsheet, Word, delimited), forms, load curves."""
