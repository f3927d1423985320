// A C target needs one source file; everything is in include/Platform.h.
