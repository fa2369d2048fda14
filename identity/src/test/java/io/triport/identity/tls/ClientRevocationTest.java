package io.triport.identity.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.triport.identity.tls.TestAuthority.Credential;
import io.triport.identity.tls.TlsSettings.Clients;
import io.triport.identity.tls.TlsSettings.Demand;
import io.triport.identity.tls.TlsSettings.KeyAccess;
import io.triport.identity.tls.TlsSettings.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

    private final TestAuthority authority = new TestAuthority("CN=authority");
    private final Credential alice = authority.issue("CN=alice", "EC");
    private final Credential bob = authority.issue("CN=bob", "EC");

    @TempDir
    Path directory;

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
        new TestAuthority("CN=authority").crl(list, FAR);

        assertThat(connects(tls(Version.TLS_1_3, Demand.NEED), bob)).isFalse();
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

    private LiveTls tls(Version oldest, Demand demand) throws UnusableTlsFile {
        var server = authority.issue("CN=server", "EC");
        var asked = new Clients.Asked(authority.file(directory.resolve("ca.pem")), demand, List.of(list));
        return new LiveTls(new TlsSettings(
                server.certFile(directory.resolve("cert.pem")),
                server.keyFile(directory.resolve("key.pem")),
                KeyAccess.OWNER,
                asked,
                oldest,
                List.of()));
    }

    /** Whether the server has finished a handshake, and knows the client if it has shown something. */
    private boolean connects(LiveTls tls, Credential... shown) {
        var engine = authority.client(shown).createSSLEngine();
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
}
