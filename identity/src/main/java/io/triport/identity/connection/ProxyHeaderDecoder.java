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

    private final ConnectionCount.Visit visit;

    ProxyHeaderDecoder(ConnectionCount.Visit visit) {
        this.visit = visit;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        switch (ProxyHeader.read(bytes)) {
            case ProxyHeader.Incomplete incomplete -> {}
            case ProxyHeader.Malformed malformed -> refuse(context, bytes, "proxy-header");
            case ProxyHeader.Own(var length) -> begin(context, bytes, length);
            case ProxyHeader.Handed(var client, var length) -> {
                PeerAddress.set(context.channel(), client);
                if (visit.handedOn(client)) {
                    begin(context, bytes, length);
                } else {
                    refuse(context, bytes, "too-many-connections");
                }
            }
        }
    }

    private static void refuse(ChannelHandlerContext context, ByteBuf bytes, String reason) {
        LOG.debug("refused reason={} peer={}", reason, PeerAddress.of(context.channel()));
        bytes.skipBytes(bytes.readableBytes());
        context.close();
    }

    /** What came behind the header goes on to the next by itself. */
    private void begin(ChannelHandlerContext context, ByteBuf bytes, int length) {
        bytes.skipBytes(length);
        context.pipeline().remove(this);
    }
}
