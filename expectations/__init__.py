"""Is the delivery, is the mart, believable as a whole? Great Expectations suites and their runner."""
