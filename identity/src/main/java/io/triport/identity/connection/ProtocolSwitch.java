package io.triport.identity.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Behind TLS: what was built for HTTP/1.1 gives way when the handshake has agreed on HTTP/2. */
final class ProtocolSwitch extends ChannelInboundHandlerAdapter {
    private final StreamPipeline streams;

    ProtocolSwitch(StreamPipeline streams) {
        this.streams = streams;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            var tls = context.pipeline().get(SslHandler.class);
            if (tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
                streams.replaceBehind(context);
            }
            context.fireUserEventTriggered(event);
            context.pipeline().remove(this);
        } else {
            context.fireUserEventTriggered(event);
        }
    }
}
