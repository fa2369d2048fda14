package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The replies of the edge in the error shape of one app, encoded once at start so that refusing costs nothing. */
public final class EdgeRefusals {
    private final Map<EdgeRefusal, Reply> replies = new EnumMap<>(EdgeRefusal.class);

    /** @param shape the error document of the app for a refusal */
    public EdgeRefusals(Function<EdgeRefusal, EdgeAnswer> shape) {
        for (var refusal : EdgeRefusal.values()) {
            var answer = shape.apply(refusal);
            replies.put(
                    refusal,
                    Reply.of(refusal, answer.contentType(), answer.body().toByteArray()));
        }
    }

    ByteBuf toGet(EdgeRefusal refusal) {
        return reply(refusal).whole.duplicate();
    }

    ByteBuf toHead(EdgeRefusal refusal) {
        return reply(refusal).head.duplicate();
    }

    private Reply reply(EdgeRefusal refusal) {
        var reply = replies.get(refusal);
        if (reply == null) {
            throw new IllegalStateException("no reply for " + refusal);
        }
        return reply;
    }

    private record Reply(ByteBuf whole, ByteBuf head) {
        static Reply of(EdgeRefusal refusal, String mediaType, byte[] body) {
            var head = new StringBuilder("HTTP/1.1 ")
                    .append(HttpResponseStatus.valueOf(refusal.status()))
                    .append("\r\nContent-Type: ")
                    .append(mediaType)
                    .append("\r\nContent-Length: ")
                    .append(body.length);
            refusal.fields()
                    .forEach((name, value) ->
                            head.append("\r\n").append(name).append(": ").append(value));
            head.append("\r\nTriport-Layer: request\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
            var headBytes = head.toString().getBytes(ISO_8859_1);
            return new Reply(constant(headBytes, body), constant(headBytes));
        }

        private static ByteBuf constant(byte[]... parts) {
            return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(parts).asReadOnly());
        }
    }
}
