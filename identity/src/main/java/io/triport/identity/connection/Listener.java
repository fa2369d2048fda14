package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.AbstractNioChannel.NioUnsafe;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that accepts connections, and its end. */
final class Listener {
    /*
     * The last connections
     *
     * Connections that the system has accepted wait for us in the socket's queue, some with a request in them; closing the
     * socket resets them. So the queue is emptied first. While the socket is known to a selector the system keeps it
     * open, and fills its queue, until the selector has had its turn after the close. So it leaves the selector before, and
     * between the last accept and the end lies one call.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final long SELECTOR_TURN_MILLIS = 1;

    private final Channel channel;
    private final Drain drain;

    Listener(Channel channel, Drain drain) {
        this.channel = channel;
        this.drain = drain;
        channel.pipeline().addFirst(new Watch());
    }

    /** Takes what was accepted, accepts nothing more, and returns when that is so. */
    void close() {
        if (channel.unsafe() instanceof NioUnsafe socket && socket.ch() instanceof ServerSocketChannel accepting) {
            channel.deregister().addListener(left -> closeEmpty(accepting));
        } else {
            channel.close();
        }
        channel.closeFuture().syncUninterruptibly();
    }

    private void closeEmpty(ServerSocketChannel accepting) {
        if (accepting.isOpen() && accepting.isRegistered()) {
            channel.eventLoop().schedule(() -> closeEmpty(accepting), SELECTOR_TURN_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        try (accepting) {
            for (var last = accepting.accept(); last != null; last = accepting.accept()) {
                channel.pipeline().fireChannelRead(new NioSocketChannel(channel, last));
            }
        } catch (IOException e) {
            LOG.warn("connections not accepted before the end", e);
        }
        channel.close();
    }

    /** Tells of each connection before anybody can wait for it. */
    private final class Watch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Channel connection) {
                drain.accepted(connection);
            }
            context.fireChannelRead(message);
        }
    }
}
