package io.triport.identity.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** Behind the app on a stream of HTTP/2, where the server's own way of requests does not begin: it tells that the app listens. */
final class StreamHealth extends ChannelInboundHandlerAdapter {
    private final StreamGuard stream;
    private boolean asked;
    private boolean headOnly;

    StreamHealth(StreamGuard stream) {
        this.stream = stream;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            headOnly = request.method().equals(HttpMethod.HEAD);
            asked = headOnly || request.method().equals(HttpMethod.GET);
            if (!asked) {
                stream.refuse(EdgeRefusal.METHOD_NOT_ALLOWED);
            }
        }
        var whole = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        if (whole && asked) {
            context.writeAndFlush(healthy());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.read();
    }

    private DefaultFullHttpResponse healthy() {
        var answer = EdgeAnswer.HEALTHY;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                headOnly
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(answer.body().toByteBuffer()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().size());
        answer.headers().forEach(response.headers()::set);
        return response;
    }
}
