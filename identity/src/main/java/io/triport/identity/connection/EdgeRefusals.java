package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Clock;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The replies of the edge in the error shape of one app, encoded once at start but for their date. */
public final class EdgeRefusals {
    private static final String END = "\r\n\r\n";

    private final Map<EdgeRefusal, Reply> replies = new EnumMap<>(EdgeRefusal.class);
    private final Clock clock;

    /** @param shape the error document of the app for a refusal */
    public EdgeRefusals(Function<EdgeRefusal, EdgeAnswer> shape, Clock clock) {
        this.clock = clock;
        for (var refusal : EdgeRefusal.values()) {
            replies.put(refusal, Reply.of(refusal, shape.apply(refusal), Map.of()));
        }
    }

    /**
     * The reply on a connection of HTTP/1.
     *
     * @param told instead of what everybody is answered. @param beside fields of this one answer. @param headOnly whether to a HEAD
     *     request
     */
    ByteBuf toConnection(EdgeRefusal refusal, Optional<EdgeAnswer> told, Map<String, String> beside, boolean headOnly) {
        var reply = reply(refusal, told);
        var head = dated(reply, beside);
        return headOnly ? head : head.writeBytes(reply.body);
    }

    /** The reply on a stream of HTTP/2. */
    FullHttpResponse toStream(
            EdgeRefusal refusal, Optional<EdgeAnswer> told, Map<String, String> beside, boolean headOnly) {
        var reply = reply(refusal, told);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status),
                headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, reply.body.length)
                .set("Triport-Layer", "request")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(clock.instant())));
        refusal.fields().forEach(response.headers()::set);
        told.ifPresent(answer -> answer.headers().forEach(response.headers()::set));
        beside.forEach(response.headers()::set);
        return response;
    }

    private ByteBuf dated(Reply reply, Map<String, String> beside) {
        var rest = new StringBuilder(DateFormatter.format(Date.from(clock.instant())));
        beside.forEach((name, value) -> Reply.field(rest, name, value));
        rest.append(END);
        var whole = Unpooled.buffer(reply.head.length + rest.length() + reply.body.length);
        whole.writeBytes(reply.head).writeCharSequence(rest, ISO_8859_1);
        return whole;
    }

    private Reply reply(EdgeRefusal refusal, Optional<EdgeAnswer> told) {
        if (told.isPresent()) {
            return Reply.of(refusal, told.get(), told.get().headers());
        }
        var reply = replies.get(refusal);
        if (reply == null) {
            throw new IllegalStateException("no reply for " + refusal);
        }
        return reply;
    }

    /** @param head up to where the date belongs */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Reply(byte[] head, byte[] body, int status, String contentType) {
        static Reply of(EdgeRefusal refusal, EdgeAnswer answer, Map<String, String> more) {
            var head = new StringBuilder("HTTP/1.1 ")
                    .append(HttpResponseStatus.valueOf(answer.status()))
                    .append("\r\nContent-Type: ")
                    .append(answer.contentType())
                    .append("\r\nContent-Length: ")
                    .append(answer.body().size());
            refusal.fields().forEach((name, value) -> field(head, name, value));
            more.forEach((name, value) -> field(head, name, value));
            head.append("\r\nTriport-Layer: request\r\nCache-Control: no-store\r\nConnection: close\r\nDate: ");
            return new Reply(
                    head.toString().getBytes(ISO_8859_1),
                    answer.body().toByteArray(),
                    answer.status(),
                    answer.contentType());
        }

        private static void field(StringBuilder head, String name, String value) {
            head.append("\r\n").append(name).append(": ").append(value);
        }
    }
}
