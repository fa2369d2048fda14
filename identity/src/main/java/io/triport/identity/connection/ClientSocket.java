package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** What is done to the socket of a client beside reading and writing. Confined to its event loop. */
record ClientSocket(Channel channel) {
    /** Changes while the client takes what was written. */
    long progress() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.currentProgress();
    }

    /** What has come by now is in time, although its turn to be read has not come. */
    void look() {
        if (channel.unsafe() instanceof NioUnsafe socket) {
            socket.read();
        }
    }

    /** Not by way of the TLS handler, which would first wait for its farewell to be taken. */
    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.pipeline().firstContext().close();
    }

    /** Says that nothing more will be sent. @return false where our side cannot be shut alone */
    boolean shut() {
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
            return true;
        }
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
            return true;
        }
        return false;
    }
}
