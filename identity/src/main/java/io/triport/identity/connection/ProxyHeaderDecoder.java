package io.triport.identity.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the header off a connection that a proxy hands on, in front of TLS and everything else, and closes one that has none. */
final class ProxyHeaderDecoder extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        switch (ProxyHeader.read(bytes)) {
            case ProxyHeader.Incomplete incomplete -> {}
            case ProxyHeader.Malformed malformed -> {
                LOG.debug("refused reason=proxy-header peer={}", PeerAddress.of(context.channel()));
                bytes.skipBytes(bytes.readableBytes());
                context.close();
            }
            case ProxyHeader.Own(var length) -> begin(context, bytes, length);
            case ProxyHeader.Handed(var client, var length) -> {
                PeerAddress.set(context.channel(), client);
                begin(context, bytes, length);
            }
        }
    }

    /** What came behind the header goes on to the next by itself. */
    private void begin(ChannelHandlerContext context, ByteBuf bytes, int length) {
        bytes.skipBytes(length);
        context.pipeline().remove(this);
    }
}
