package io.triport.storage.s3;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectDecoder;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A connection that brings a body in pieces as large as what one read of the socket takes. */
final class EndpointChannel extends NioSocketChannel {
    /*
     * The client's own codec cuts what was read into pieces of 8 KiB, each of which goes through all of its handlers and is
     * copied alone, and leaves nothing to choose. So another one takes its place before anything is sent.
     */
    static final int PIECE = 32 * 1024;

    EndpointChannel() {
        config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(PIECE));
    }

    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local) throws Exception {
        var cutting = pipeline().get(HttpClientCodec.class);
        if (cutting != null) {
            pipeline()
                    .replace(
                            cutting,
                            null,
                            new HttpClientCodec(
                                    HttpObjectDecoder.DEFAULT_MAX_INITIAL_LINE_LENGTH,
                                    HttpObjectDecoder.DEFAULT_MAX_HEADER_SIZE,
                                    PIECE));
        }
        return super.doConnect(remote, local);
    }
}
