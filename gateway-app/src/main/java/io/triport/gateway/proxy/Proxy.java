package io.triport.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.triport.domain.audit.AuditSinks;
import io.triport.domain.request.RequestId;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.gateway.audit.AuditQueue;
import io.triport.gateway.backend.Backends;
import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.metrics.Answered;
import io.triport.gateway.metrics.GatewayMetrics;
import io.triport.gateway.metrics.MetricExporter;
import io.triport.gateway.pool.Names;
import io.triport.gateway.problem.Problem;
import io.triport.identity.connection.Drain;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.connection.PeerAddress;
import io.triport.identity.connection.Takeover;
import io.triport.identity.edge.BodyBudget;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.launch.Gates;
import io.triport.identity.limit.NamedLimits;
import io.triport.identity.log.RequestLog;
import io.triport.identity.otlp.Teller;
import io.triport.identity.trace.Tracing;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The gateway at work: takes over the requests of every connection, and follows its configuration. Safe for many threads. */
public final class Proxy implements Takeover, AutoCloseable {
    private static final Duration LEAST_FOR_RECORDS = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gateway-", 0).factory());
    /** Questions for health, which a busy loop of requests must not make late. */
    private final MultiThreadIoEventLoopGroup asking = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("gateway-health", true), NioIoHandler.newFactory());

    private final ConcurrentHashMap<EventLoop, Ids> ids = new ConcurrentHashMap<>();
    private final AtomicReference<Site> site;
    private final SiteBuilder builder;
    private final Services services;
    private final AuditQueue audit;
    private final Tracing tracing;
    private final @Nullable MetricExporter exporter;
    private volatile Duration drain;

    /** @param settings to begin with. @param sinks open what the settings name */
    public Proxy(
            GatewaySettings settings,
            Gates gates,
            Edge edge,
            AuditSinks sinks,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {
        this.drain = settings.front().timeouts().drain();
        var node = edge.node();
        var ownIds = new Ids(randomness, clock);
        var spill = settings.audit().spillDir().isEmpty()
                ? null
                : sinks.spill(settings.audit().spillDir());
        this.audit = new AuditQueue(
                settings.audit(),
                settings.audit().open(sinks),
                spill,
                new AuditQueue.Source(node, () -> ownIds.request().text(), clock),
                ticker);
        var names = new Names(threads, ticker, InetAddress::getAllByName);
        this.builder = new SiteBuilder(
                new IdentityBuilder(gates, clock),
                new Backends(names, ticker, asking.next()),
                edge.limiter(),
                edge.metrics());
        var teller = Teller.of("gateway", node);
        this.tracing = new Tracing(settings.traces(), teller, clock, ticker, randomness);
        edge.metrics().watch(audit, edge.drain(), tracing, edge.limiter());
        this.exporter = settings.metrics() == null ? null : edge.metrics().exporter(settings.metrics(), teller, clock);
        this.services = new Services(
                edge.binder(),
                edge.log(),
                edge.failures(),
                edge.limiter(),
                edge.drain(),
                edge.bodies(),
                audit,
                edge.metrics(),
                tracing,
                settings.audit(),
                node,
                new Judging(threads),
                clock,
                ticker,
                randomness);
        this.site = new AtomicReference<>(builder.build(settings));
    }

    /** What the gateway uses of the edge. */
    public record Edge(
            TakenOver binder,
            RequestLog log,
            FailureLimit failures,
            NamedLimits limiter,
            Drain drain,
            BodyBudget bodies,
            GatewayMetrics metrics,
            String node) {}

    /** Takes over newer settings. Requests under way keep theirs. */
    public synchronized void adopt(GatewaySettings newer) {
        site.set(builder.build(newer));
        drain = newer.front().timeouts().drain();
    }

    /** Whether records of requests find a place that outlives the process. */
    public boolean recording() {
        return audit.recording();
    }

    @Override
    public ChannelHandler handler(Channel connection) {
        return new ProxyHandler(site::get, services, ids(connection));
    }

    /** One record for a malformed request, too; its id is told to the client. */
    @Override
    public Optional<EdgeAnswer> refused(EdgeRefusal why, Channel connection) {
        var problem = Problem.of(why);
        var handler = connection.pipeline().get(ProxyHandler.class);
        var known = handler == null ? Optional.<ClientRequest>empty() : handler.refused(problem);
        var id = known.map(ClientRequest::id).orElseGet(() -> ids(connection).request());
        if (known.isEmpty()) {
            neverBegan(problem, id, connection);
        }
        var page = site.get().page();
        var body = page.body(problem, known.map(ClientRequest::instance).orElse(""), id.text());
        return Optional.of(new EdgeAnswer(
                problem.status(), page.contentType(), body, Map.of(Name.REQUEST_ID.toString(), id.text())));
    }

    @Override
    public Map<String, String> beside(Channel connection, @Nullable HttpRequest unseen) {
        var handler = connection.pipeline().get(ProxyHandler.class);
        return handler == null ? Map.of() : handler.beside(unseen);
    }

    private void neverBegan(Problem problem, RequestId id, Channel connection) {
        var outcome = Conclusion.outcome(problem);
        services.metrics()
                .answered(
                        services.metrics().unrouted(),
                        new Answered("", problem.status(), outcome, Duration.ZERO, null));
        audit.offer(AuditLine.of(problem, id, PeerAddress.of(connection), site.get(), services));
    }

    private Ids ids(Channel connection) {
        return ids.computeIfAbsent(connection.eventLoop(), loop -> new Ids(services.randomness(), services.clock()));
    }

    /** Requests and records share the time of a stop, or an end without a sink would take twice as long as a slow one. */
    private Duration left() {
        var left = drain.minus(services.drain().sinceClosing());
        var least = drain.compareTo(LEAST_FOR_RECORDS) < 0 ? drain : LEAST_FOR_RECORDS;
        return left.compareTo(least) < 0 ? least : left;
    }

    @Override
    public void close() {
        asking.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        threads.shutdownNow();
        tracing.close();
        audit.close(left());
        if (exporter != null) {
            exporter.close();
        }
    }
}
