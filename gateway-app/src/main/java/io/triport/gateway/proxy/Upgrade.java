package io.triport.gateway.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.triport.gateway.problem.Problem;
import java.util.Optional;

/** The change to WebSocket (RFC 6455 section 4): whether it is allowed, and how it is asked for and agreed to. */
final class Upgrade {
    private Upgrade() {}

    static boolean wanted(HttpHeaders request) {
        return request.contains(HttpHeaderNames.UPGRADE);
    }

    /** The answer of an upstream that agrees, to be told the client. */
    static HttpResponse agreed(HttpResponse upstream) {
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        answer.headers().set(upstream.headers());
        return answer;
    }

    /** Why a WebSocket may not be opened on the route by the page that wants it; empty when it may. */
    static Optional<Problem> refusal(ClientRequest request, SiteRoute route) {
        var cors = route.settings().cors();
        if (!route.settings().webSocket() || cors == null) {
            return Optional.of(Problem.UPGRADE_NOT_ALLOWED);
        }
        if (!request.is(HttpMethod.GET)
                || !request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !request.header("sec-websocket-version").equals("13")
                || request.header("sec-websocket-key").isEmpty()) {
            return Optional.of(Problem.BAD_REQUEST);
        }
        if (!request.origin().isEmpty() && !cors.allows(request.origin())) {
            return Optional.of(Problem.CORS_DENIED);
        }
        return Optional.empty();
    }

    /** What the head of a request or of an answer says once more, after hop-by-hop fields were taken away. */
    static void say(HttpHeaders headers) {
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
}
