package io.triport.gateway.pool;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of HTTP/2 that say what a head of HTTP/1.1 says, and the other way round (RFC 9113 section 8.3). */
final class StreamFields {
    /** What decides where a message ends has no place behind it (RFC 9110 section 6.5.1). */
    private static final Set<String> NO_TRAILERS = Set.of("content-length", "transfer-encoding", "trailer");

    private StreamFields() {}

    static Http2Headers request(HttpRequest request, String scheme) {
        var fields = new DefaultHttp2Headers(false);
        HttpConversionUtil.toHttp2Headers(request.headers(), fields);
        var host = request.headers().get(HttpHeaderNames.HOST);
        if (host != null) {
            fields.authority(host);
        }
        // A statement of our own: trailers pass here.
        return fields.method(request.method().asciiName())
                .scheme(scheme)
                .path(request.uri())
                .set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
    }

    /** Null where it has no status. */
    static @Nullable HttpResponse response(Http2Headers fields) {
        var text = fields.status();
        if (text == null || text.length() != 3) {
            return null;
        }
        var code = 0;
        for (var i = 0; i < 3; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            code = code * 10 + digit;
        }
        // To change the protocol is no answer here (RFC 9113 section 8.6).
        if (code < 100 || code == 101) {
            return null;
        }
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(code));
        copy(fields, response.headers(), Set.of());
        return response;
    }

    static Http2Headers trailers(HttpHeaders behind) {
        var fields = new DefaultHttp2Headers(false);
        HttpConversionUtil.toHttp2Headers(behind, fields);
        return fields;
    }

    static void trailers(Http2Headers fields, HttpHeaders into) {
        copy(fields, into, NO_TRAILERS);
    }

    private static void copy(Http2Headers fields, HttpHeaders into, Set<String> but) {
        for (var field : fields) {
            var name = field.getKey().toString();
            if (name.charAt(0) != ':' && !but.contains(name)) {
                into.add(name, field.getValue().toString());
            }
        }
    }
}
