package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.triport.gateway.config.RouteSettings;

/** Makes the head for the client of the head of the answer, in its place. */
final class ResponseHead {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private ResponseHead() {}

    /** @param oldClient whether it does not know chunks */
    static void rewrite(
            HttpResponse response, HttpMethod method, boolean oldClient, RouteSettings route, String origin) {
        var headers = response.headers();
        hopByHop(headers);
        headers.remove(HttpHeaderNames.SERVER);
        headers.remove(Name.POWERED_BY);
        var cors = route.cors();
        if (cors != null) {
            Cors.strip(headers);
            Cors.grant(headers, cors, origin);
        }
        route.response().remove().forEach(headers::remove);
        route.response().set().forEach(headers::set);
        frame(response, method, oldClient);
    }

    private static void hopByHop(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            for (var value : headers.getAll(HttpHeaderNames.CONNECTION)) {
                for (var token : value.split(",", -1)) {
                    var name = token.strip();
                    var kind = Field.of(name);
                    if (!name.isEmpty() && kind != Field.FRAMING) {
                        headers.remove(name);
                    }
                }
            }
            headers.remove(HttpHeaderNames.CONNECTION);
        }
        headers.remove(Name.KEEP_ALIVE);
        headers.remove(Name.PROXY_CONNECTION);
        headers.remove(HttpHeaderNames.PROXY_AUTHENTICATE);
        headers.remove(HttpHeaderNames.UPGRADE);
        headers.remove(HttpHeaderNames.TE);
    }

    /** One framing field, and only where there is a body. */
    private static void frame(HttpResponse response, HttpMethod method, boolean oldClient) {
        var headers = response.headers();
        var status = response.status().code();
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        var empty = method.equals(HttpMethod.HEAD) || status == NO_CONTENT || status == NOT_MODIFIED;
        if (status == NO_CONTENT) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        if (!empty && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            if (oldClient) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        }
    }
}
