package io.triport.identity.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * In front of the codec of HTTP/2: a connection that we end is shut on our side first, and what still comes is thrown away for a
 * moment. Closed at once, its reset could overtake what was said last.
 */
final class Farewell extends ChannelDuplexHandler {
    private static final long LINGER_SECONDS = 1;

    private boolean leaving;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        var channel = context.channel();
        if (leaving || !channel.isActive()) {
            context.close(promise);
            return;
        }
        leaving = true;
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        context.flush();
        var tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        var end = context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (leaving) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
