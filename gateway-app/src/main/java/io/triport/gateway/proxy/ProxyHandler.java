package io.triport.gateway.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.triport.gateway.problem.Problem;
import io.triport.gateway.route.Routes;
import io.triport.identity.connection.ClientEnd;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, or one stream of it: its requests one after the other, each an {@link Exchange}. Confined to its
 * event loop.
 */
final class ProxyHandler extends ChannelDuplexHandler {
    /*
     * Reading
     *
     * While a request lasts the server's wish to read is not heard: the exchange says when.
     */
    private final Supplier<Site> sites;
    private final Services services;
    private final Ids ids;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Exchange exchange;
    private @Nullable ClientEnd who;

    ProxyHandler(Supplier<Site> sites, Services services, Ids ids) {
        this.sites = sites;
        this.services = services;
        this.ids = ids;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        who = new ClientEnd(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && exchange == null) {
            begin(request);
        }
        if (exchange == null) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpContent content) {
            exchange.body(content);
        } else if (!(message instanceof HttpRequest)) {
            exchange.tunnelled(message);
        }
    }

    private void begin(HttpRequest request) {
        exchange = new Exchange(this, sites.get(), services, ids, request);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange == null) {
            context.fireChannelReadComplete();
        } else {
            exchange.clientReadComplete();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (exchange == null) {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.clientWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var gone = exchange;
        exchange = null;
        if (gone != null) {
            gone.clientGone();
        }
        context.fireChannelInactive();
    }

    /** The edge answers the request at hand itself. @return it; empty where none has come this far */
    Optional<ClientRequest> refused(Problem problem) {
        return Optional.ofNullable(exchange).map(begun -> begun.refusedByEdge(problem));
    }

    /** What a page of another origin may know of an answer that the edge gives. @param unseen a request that did not get here */
    Map<String, String> beside(@Nullable HttpRequest unseen) {
        if (exchange != null) {
            return exchange.beside();
        }
        // Nobody keeps what was shed, so caches need not hear of origins either; and who sheds has no time to spare.
        if (unseen == null || !unseen.headers().contains(HttpHeaderNames.ORIGIN)) {
            return Map.of();
        }
        var site = sites.get();
        var request = new ClientRequest(unseen, who(), site.clients(), ids);
        return request.readTarget() && site.routes().find(request) instanceof Routes.Match.Found<SiteRoute>(var route)
                ? OwnAnswer.beside(request, route)
                : Map.of();
    }

    /** The exchange has written its last. The next request may begin within this call. */
    void over(Exchange ended) {
        if (ended.equals(exchange)) {
            exchange = null;
        }
    }

    void write(Object message) {
        ctx().write(message);
    }

    void flush() {
        ctx().flush();
    }

    /** The last that is written; then the connection closes. */
    void writeAndClose(Object message) {
        ctx().writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    /** From now on bytes and not requests come and go. */
    void becomeTunnel() {
        ctx().pipeline().remove(HttpServerCodec.class);
    }

    void readMore() {
        ctx().read();
    }

    /**
     * Asks for the next request. While an exchange lasts nobody else's wish to read is heard, so an answer that came later than the
     * read of its request would otherwise be the last of its connection.
     */
    void readOn() {
        if (exchange == null && open()) {
            ctx().read();
        }
    }

    /** Cuts the connection, or resets the stream: what was begun must not look complete. */
    void abort() {
        ctx().close();
    }

    boolean open() {
        return ctx().channel().isActive();
    }

    boolean writable() {
        return ctx().channel().isWritable();
    }

    EventLoop loop() {
        return ctx().channel().eventLoop();
    }

    ClientEnd who() {
        if (who == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return who;
    }

    private ChannelHandlerContext ctx() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
