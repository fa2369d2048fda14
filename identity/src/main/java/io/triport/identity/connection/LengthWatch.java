package io.triport.identity.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.logging.LogLevel;
import io.netty.util.AsciiString;

/** Sees the fields of a head as they came, and marks those of a head with two lengths. Logs nothing. Has no state. */
final class LengthWatch extends Http2FrameLogger {
    /*
     * The codec makes one length of several that are equal before anybody behind sees the head, and what only the codec knew
     * cannot be refused. Nobody but its logger is shown what the client wrote. So a second length leaves a field there that no
     * client can send and that StreamHead refuses.
     */
    LengthWatch() {
        super(LogLevel.TRACE);
    }

    @Override
    public boolean isEnabled() {
        return false;
    }

    @Override
    public void logHeaders(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int padding,
            boolean last) {
        mark(direction, headers);
    }

    @Override
    public void logHeaders(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last) {
        mark(direction, headers);
    }

    private static void mark(Direction direction, Http2Headers headers) {
        if (direction == Direction.INBOUND) {
            var lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
            if (lengths.size() > 1 || lengths.size() == 1 && AsciiString.contains(lengths.getFirst(), ",")) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
    }
}
