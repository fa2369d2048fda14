package io.triport.identity.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/**
 * In front of everything on a connection without TLS: what was built for HTTP/1.1 gives way when the client begins with the preface
 * of HTTP/2 (RFC 9113 section 3.3). No request of HTTP/1.1 does.
 */
final class PrefaceDecoder extends ByteToMessageDecoder {
    private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

    private final StreamPipeline streams;

    PrefaceDecoder(StreamPipeline streams) {
        this.streams = streams;
    }

    /** What came goes on to the next by itself. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        var there = Math.min(bytes.readableBytes(), PREFACE.readableBytes());
        var begun = ByteBufUtil.equals(bytes, bytes.readerIndex(), PREFACE, PREFACE.readerIndex(), there);
        if (begun && there < PREFACE.readableBytes()) {
            return;
        }
        if (begun) {
            streams.replaceBehind(context);
        }
        context.pipeline().remove(this);
    }
}
