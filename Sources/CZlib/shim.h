#pragma once
#include <zlib.h>

/// `inflateInit` is a macro. A zlib header (RFC 1950).
static inline int czlib_begin_zlib(z_stream *stream) { return inflateInit(stream); }

/// `inflateInit2` is a macro. 16 + 15 bits of window: a gzip header and nothing else.
static inline int czlib_begin_gzip(z_stream *stream) { return inflateInit2(stream, 16 + 15); }
