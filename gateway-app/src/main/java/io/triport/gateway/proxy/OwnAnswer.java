package io.triport.gateway.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.triport.domain.request.Bytes;
import io.triport.gateway.problem.Problem;
import io.triport.identity.edge.Layer;
import io.triport.identity.page.PageAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of the gateway's own, whole, but for what every answer of it says. */
final class OwnAnswer {
    private OwnAnswer() {}

    /** @param route null where none was found */
    static FullHttpResponse refusal(
            Problem problem, Fields fields, ClientRequest request, Site site, @Nullable SiteRoute route) {
        var told = site.terse() ? problem.terse() : problem;
        var page = site.page().body(told, request.instance(), request.id().text());
        var response = of(problem.status(), page, request);
        var head = response.headers();
        head.set(HttpHeaderNames.CONTENT_TYPE, site.page().contentType());
        head.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        head.set(Layer.HEADER, problem.layer().text());
        fields.add(head);
        grantOrigin(head, problem, request, route);
        return response;
    }

    private static void grantOrigin(
            HttpHeaders head, Problem problem, ClientRequest request, @Nullable SiteRoute route) {
        var cors = route == null ? null : route.settings().cors();
        if (cors != null && problem == Problem.CORS_DENIED) {
            Cors.vary(head);
        } else if (cors != null) {
            Cors.grant(head, cors, request.origin());
        }
    }

    /** Beside an answer that the edge gives. @param route null where none was found */
    static Map<String, String> beside(ClientRequest request, @Nullable SiteRoute route) {
        var fields = new LinkedHashMap<String, String>();
        var cors = route == null ? null : route.settings().cors();
        if (cors != null) {
            var head = new DefaultHttpHeaders();
            Cors.grant(head, cors, request.origin());
            head.forEach(field -> fields.put(field.getKey(), field.getValue()));
        }
        return fields;
    }

    static FullHttpResponse preflight(String method, ClientRequest request, SiteRoute route) {
        var cors = route.settings().cors();
        var response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        if (cors != null) {
            Cors.preflight(response.headers(), cors, request.origin(), method);
        }
        return response;
    }

    static FullHttpResponse page(PageAnswer answer, ClientRequest request) {
        var text = answer instanceof PageAnswer.Document document ? Bytes.utf8(document.json()) : Bytes.EMPTY;
        var response = of(answer.status(), text, request);
        Reception.fields(answer).add(response.headers());
        return response;
    }

    private static FullHttpResponse of(int status, Bytes body, ClientRequest request) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                request.is(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.toByteBuffer()));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.size());
        return response;
    }
}
