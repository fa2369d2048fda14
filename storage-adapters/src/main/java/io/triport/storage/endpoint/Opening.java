package io.triport.storage.endpoint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of a connection. @param tls null for plain text */
final class Opening extends ChannelInitializer<Channel> {
    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;

    private final Address address;
    private final @Nullable SslContext tls;
    private final Connection connection;

    Opening(Address address, @Nullable SslContext tls, Connection connection) {
        this.address = address;
        this.tls = tls;
        this.connection = connection;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (tls != null) {
            var handshake = tls.newHandler(channel.alloc(), address.host(), address.port());
            handshake.setHandshakeTimeout(Connections.CONNECT.toMillis(), TimeUnit.MILLISECONDS);
            channel.pipeline().addLast(handshake);
        }
        channel.pipeline()
                .addLast(new HttpClientCodec(
                        new HttpDecoderConfig()
                                .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                                .setMaxHeaderSize(LONGEST_HEAD)
                                .setMaxChunkSize(Pool.PIECE),
                        false,
                        false))
                .addLast(connection);
    }
}
