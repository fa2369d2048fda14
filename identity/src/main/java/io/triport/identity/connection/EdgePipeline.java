package io.triport.identity.connection;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.triport.domain.time.Ticker;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the guards into the pipeline of every connection: {@link FramingGuard} in front of the HTTP codec, {@link
 * ExchangeGuard} behind it. A connection that has no place for them is closed.
 */
@Singleton
final class EdgePipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /*
     * HTTP/2
     *
     * The server's own HTTP/2 builds other pipelines, some of which our handlers would silently not be part of. So the start
     * fails when it is switched on, and a pipeline without the codec by its HTTP/1.1 name gets no connection. An app that
     * answers on the event loop can have HTTP/2 all the same, by a pipeline of ours that begins where TLS has agreed on it, or
     * where a client begins with it on a port that allows that.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");
    private static final String FRAMING = "triport-framing";
    private static final String PROTOCOL = "triport-protocol";
    private static final String EXCHANGE = "triport-exchange";
    private static final String TAKEOVER = "triport-takeover";
    private static final String PROXY = "triport-proxy";
    private static final String PREFACE = "triport-preface";
    private static final int LINE_END = 2;
    private static final Duration NEVER_IDLE = Duration.ofSeconds(-1);

    private final Shared shared;
    private final LiveLimits limits;
    private final ConnectionCount connections;
    private final TrustedProxies proxies;
    private final ListenerPorts ports;
    private final @Nullable Takeover takeover;
    private final Predicate<String> readable;

    /** Whether the server answers next to nothing itself. */
    private final boolean whole;

    /** @param takeover of an app that answers on the event loop */
    EdgePipeline(
            LiveLimits limits,
            EdgeRefusals refusals,
            TrustedProxies proxies,
            ListenerPorts ports,
            Drain drain,
            AtWork work,
            Ticker ticker,
            NettyHttpServerConfiguration server,
            @Nullable Takeover takeover) {
        RefusalListener listener = takeover == null ? (why, connection) -> Optional.empty() : takeover;
        var first = limits.now();
        var places = new Places(first.work(), ticker);
        work.watch(places);
        this.shared = new Shared(first, refusals, places, drain, ticker, listener);
        this.limits = limits;
        this.connections = new ConnectionCount(() -> limits.now().connections(), proxies);
        this.proxies = proxies;
        this.ports = ports;
        this.takeover = takeover;
        this.whole = takeover != null && takeover.reach() == Takeover.Reach.REQUESTS;
        this.readable = whole ? target -> true : EdgePipeline::readable;
        fit(server);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        var registry = event.getBean();
        registry.register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                if (role == ChannelRole.LISTENER) {
                    shared.drain().listens(new Listener(channel, shared.drain()));
                    return this;
                }
                return new Connection(channel);
            }
        });
        return registry;
    }

    /** The codec judges nothing that the guard has judged before; its own limits only must not be narrower. */
    private void fit(NettyHttpServerConfiguration server) {
        if (server.getHttpVersion() != HttpVersion.HTTP_1_1) {
            throw new ConfigurationException(
                    "micronaut.server.http-version: " + server.getHttpVersion() + " (expected: 1.1)");
        }
        server.setMaxInitialLineLength(EdgeLimits.Head.LONGEST_LINE + LINE_END);
        server.setMaxHeaderSize(EdgeLimits.Head.LONGEST_SECTION + LINE_END);
        server.setRequestDecompressionEnabled(false);
        if (takeover != null && whole) {
            server.setMaxChunkSize((int) takeover.largestPiece().bytes());
        }
        // The guards watch who sends and who takes; the server's own watch would end a quiet WebSocket, and costs every
        // read and write.
        server.setIdleTimeout(NEVER_IDLE);
    }

    /** The server takes a target that {@link URI} does not read, such as one with a raw bar, for {@code /}. */
    private static boolean readable(String target) {
        try {
            return target.equals("*") || !new URI(target).toString().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private final class Connection implements NettyServerCustomizer {
        private final Channel channel;

        private Connection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onInitialPipelineBuilt() {
            var codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            var visit = channel.pipeline().get(codec) == null ? Optional.<ConnectionCount.Visit>empty() : enter();
            visit.ifPresentOrElse(
                    entered -> {
                        channel.closeFuture().addListener(closed -> entered.left());
                        var own = shared.under(limits.now());
                        var framing = new FramingGuard(own, entered);
                        channel.pipeline().addBefore(codec, FRAMING, framing);
                        channel.pipeline()
                                .addAfter(codec, EXCHANGE, new ExchangeGuard(framing, own, readable, trailers()));
                        if (takeover != null) {
                            channel.pipeline().addAfter(EXCHANGE, TAKEOVER, takeover.handler(channel));
                        }
                        if (takeover != null && whole) {
                            framing.watch();
                            maySwitch(new StreamPipeline(own, entered, takeover));
                        }
                        if (ports.proxied(channel)) {
                            channel.pipeline().addFirst(PROXY, new ProxyHeaderDecoder(entered));
                        }
                    },
                    channel::close);
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (channel.pipeline().get(FRAMING) == null) {
                channel.close();
            }
        }

        private void maySwitch(StreamPipeline streams) {
            var tls = channel.pipeline().context(SslHandler.class);
            if (tls != null) {
                channel.pipeline().addAfter(tls.name(), PROTOCOL, new ProtocolSwitch(streams));
            } else if (ports.priorKnowledge(channel)) {
                channel.pipeline().addFirst(PREFACE, new PrefaceDecoder(streams));
            }
        }

        private ExchangeGuard.Trailers trailers() {
            return whole ? ExchangeGuard.Trailers.PASSED : ExchangeGuard.Trailers.DROPPED;
        }

        private Optional<ConnectionCount.Visit> enter() {
            if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
                return Optional.empty();
            }
            if (ports.proxied(channel) && !proxies.contains(peer.getAddress())) {
                LOG.debug("refused reason=no-proxy peer={}", peer.getAddress());
                return Optional.empty();
            }
            var visit = connections.enter(peer.getAddress());
            if (visit.isEmpty()) {
                LOG.debug("refused reason=too-many-connections peer={}", peer.getAddress());
            }
            return visit;
        }
    }
}
