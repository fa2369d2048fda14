package io.triport.identity.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.CrlUrl;
import io.triport.identity.crl.PublishedLists;
import io.triport.identity.tls.TlsSettings.Clients;
import io.triport.identity.tls.TlsSettings.Demand;
import io.triport.identity.tls.TlsSettings.KeyAccess;
import io.triport.identity.tls.TlsSettings.Version;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TlsAuthority;
import io.triport.testkit.TlsAuthority.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client certificates that were taken back, at the handshake. */
final class ClientRevocationTest {
    private static final int MORE_TURNS_THAN_A_HANDSHAKE_TAKES = 10;
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
    private static final Instant PAST = Instant.parse("2021-01-01T00:00:00Z");

    private final TlsAuthority authority = new TlsAuthority("CN=authority");
    private final Credential alice = authority.issue("CN=alice");
    private final Credential bob = authority.issue("CN=bob");

    @TempDir
    Path directory;

    private final SettableTicker ticker = new SettableTicker();
    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private Path list;

    @BeforeEach
    void listing() {
        list = directory.resolve("crl.pem");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void a_certificate_that_is_listed_makes_no_connection_and_another_does(Version version) throws Exception {
        authority.crl(list, FAR, alice);
        var tls = tls(version, Demand.NEED);

        assertThat(connects(tls, alice)).isFalse();
        assertThat(connects(tls, bob)).isTrue();
    }

    @Test
    void a_list_that_has_ended_lets_nobody_in_who_shows_a_certificate() throws Exception {
        authority.crl(list, PAST);
        var tls = tls(Version.TLS_1_3, Demand.WANT);

        assertThat(connects(tls, bob)).isFalse();
        assertThat(connects(tls)).isTrue();
    }

    @Test
    void a_list_of_a_stranger_with_the_same_name_counts_for_nothing() throws Exception {
        new TlsAuthority("CN=authority").crl(list, FAR);

        assertThat(connects(tls(Version.TLS_1_3, Demand.NEED), bob)).isFalse();
    }

    @Test
    void authorities_in_between_come_with_the_certificate_and_each_needs_a_list() throws Exception {
        var between = authority.below("CN=between");
        var carol = between.issue("CN=carol");
        var dave = between.issue("CN=dave");
        var ofRoot = authority.crl(list, FAR);
        var ofBetween = between.crl(directory.resolve("between.pem"), FAR, carol);
        var revoking = authority.crl(directory.resolve("revoking.pem"), FAR, between.itself());

        var whole = tls(Version.TLS_1_3, Demand.NEED, files(CrlPolicy.HARD, ofRoot, ofBetween));
        assertThat(connects(whole, dave)).isTrue();
        assertThat(connects(whole, carol)).isFalse();
        assertThat(connects(whole, dave.alone())).isFalse();
        assertThat(connects(whole, bob)).isTrue();

        assertThat(connects(tls(Version.TLS_1_3, Demand.NEED, files(CrlPolicy.HARD, ofRoot)), dave))
                .isFalse();
        assertThat(connects(tls(Version.TLS_1_3, Demand.NEED, files(CrlPolicy.HARD, ofBetween)), dave))
                .isFalse();
        assertThat(connects(tls(Version.TLS_1_3, Demand.NEED, files(CrlPolicy.SOFT, ofRoot)), dave))
                .isTrue();
        for (var policy : CrlPolicy.values()) {
            assertThat(connects(tls(Version.TLS_1_3, Demand.NEED, files(policy, revoking, ofBetween)), dave))
                    .isFalse();
        }
    }

    @Test
    void a_newer_list_holds_for_new_connections() throws Exception {
        authority.crl(list, FAR, alice);
        var tls = tls(Version.TLS_1_3, Demand.NEED);

        authority.crl(list, FAR, bob);
        tls.look();
        tls.look();

        assertThat(connects(tls, bob)).isFalse();
        assertThat(connects(tls, alice)).isTrue();
    }

    @Test
    void a_list_that_has_ended_still_tells_whom_it_named_whatever_the_policy() throws Exception {
        authority.crl(list, PAST, alice);
        var tls = tls(Version.TLS_1_3, Demand.NEED, files(CrlPolicy.SOFT));

        assertThat(connects(tls, alice)).isFalse();
        assertThat(connects(tls, bob)).isTrue();
    }

    @Test
    void a_published_list_is_fetched_and_a_newer_one_holds_for_new_connections() throws Exception {
        try (var point = new ListPoint(authority.crl(FAR, alice))) {
            var tls = tls(Version.TLS_1_3, Demand.NEED, point.asked(CrlPolicy.HARD));

            assertThat(connects(tls, alice)).isFalse();
            assertThat(connects(tls, bob)).isTrue();

            point.publish(authority.crl(FAR, bob));
            ticker.advance(Duration.ofHours(1));
            tls.renew();

            assertThat(connects(tls, bob)).isFalse();
            assertThat(connects(tls, alice)).isTrue();
        }
    }

    @Test
    void the_last_good_list_holds_while_its_point_is_away_and_at_its_end_the_policy_decides() throws Exception {
        try (var point = new ListPoint(authority.crl(clock.instant().plus(Duration.ofDays(1)), alice))) {
            var hard = tls(Version.TLS_1_3, Demand.WANT, point.asked(CrlPolicy.HARD));
            var soft = tls(Version.TLS_1_3, Demand.WANT, point.asked(CrlPolicy.SOFT));
            point.fail();

            pass(Duration.ofHours(23), hard, soft);
            assertThat(connects(hard, bob)).isTrue();
            assertThat(hard.ready()).isTrue();

            pass(Duration.ofHours(1), hard, soft);
            assertThat(connects(hard, bob)).isFalse();
            assertThat(connects(hard)).isTrue();
            assertThat(hard.ready()).isFalse();
            assertThat(connects(soft, bob)).isTrue();
            assertThat(connects(soft, alice)).isFalse();
            assertThat(soft.ready()).isTrue();
        }
    }

    @Test
    void without_a_first_list_nobody_gets_in_until_there_is_one() throws Exception {
        try (var point = new ListPoint(authority.crl(FAR, alice))) {
            point.fail();
            var tls = tls(Version.TLS_1_3, Demand.NEED, point.asked(CrlPolicy.HARD));
            assertThat(connects(tls, bob)).isFalse();
            assertThat(tls.ready()).isFalse();

            point.publish(authority.crl(FAR, alice));
            pass(Duration.ofSeconds(1), tls);

            assertThat(connects(tls, bob)).isTrue();
            assertThat(connects(tls, alice)).isFalse();
        }
    }

    @Test
    void a_published_list_of_a_stranger_is_none() throws Exception {
        try (var point = new ListPoint(new TlsAuthority("CN=authority").crl(FAR))) {
            assertThat(connects(tls(Version.TLS_1_3, Demand.NEED, point.asked(CrlPolicy.HARD)), bob))
                    .isFalse();
        }
    }

    private void pass(Duration time, LiveTls... all) {
        ticker.advance(time);
        clock.advance(time);
        List.of(all).forEach(LiveTls::renew);
    }

    private TlsSettings.Revocations files(CrlPolicy policy) {
        return files(policy, list);
    }

    private static TlsSettings.Revocations files(CrlPolicy policy, Path... lists) {
        return new TlsSettings.Revocations(List.of(lists), List.of(), policy);
    }

    private LiveTls tls(Version oldest, Demand demand) throws UnusableTlsFile {
        return tls(oldest, demand, files(CrlPolicy.HARD));
    }

    private LiveTls tls(Version oldest, Demand demand, TlsSettings.Revocations revocations) throws UnusableTlsFile {
        var server = authority.issue("CN=server");
        var asked = new Clients.Asked(authority.file(directory.resolve("ca.pem")), demand, revocations);
        var settings = new TlsSettings(
                server.certFile(directory.resolve("cert.pem")),
                server.keyFile(directory.resolve("key.pem")),
                KeyAccess.OWNER,
                asked,
                oldest,
                List.of());
        return new LiveTls(
                settings,
                PublishedLists.Surroundings.overHttp(Runnable::run, clock, ticker, length -> new byte[length]));
    }

    /** Whether the server has finished a handshake, and knows the client if it has shown something. */
    private boolean connects(LiveTls tls, Credential... shown) {
        var engine = authority.context(shown).createSSLEngine();
        engine.setUseClientMode(true);
        var client = new EmbeddedChannel(new SslHandler(engine));
        var own = new SslHandler(tls.newEngine(UnpooledByteBufAllocator.DEFAULT));
        var server = new EmbeddedChannel(own);
        try {
            for (var turn = 0; turn < MORE_TURNS_THAN_A_HANDSHAKE_TAKES; turn++) {
                pass(client, server);
                pass(server, client);
            }
            return own.handshakeFuture().isSuccess()
                    && (shown.length == 0
                            || own.engine()
                                    .getSession()
                                    .getPeerCertificates()[0]
                                    .equals(shown[0].certificate()));
        } catch (DecoderException | SSLPeerUnverifiedException e) {
            return false;
        } finally {
            client.close();
            server.close();
        }
    }

    private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }

    /** A server with one list, or none. */
    private static final class ListPoint implements AutoCloseable {
        private final AtomicReference<byte[]> list;
        private final HttpServer server;

        ListPoint(byte[] first) throws IOException {
            list = new AtomicReference<>(first);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/list.crl", exchange -> {
                var body = list.get();
                exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        void publish(byte[] next) {
            list.set(next);
        }

        void fail() {
            list.set(new byte[0]);
        }

        TlsSettings.Revocations asked(CrlPolicy policy) {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/list.crl";
            return new TlsSettings.Revocations(List.of(), List.of(CrlUrl.parse(url)), policy);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
